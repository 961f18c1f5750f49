// What an operator sets, where it is taken from, and what tokens, origins and ports then mean.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfiguration } from '../../src/cli/configuration.ts'
import { createMemoryArchive } from '../fakes/memory-archive.ts'
import { serve } from './support/serve.ts'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function putFile(value: unknown): string {
  const file = join(folder, 'xunbao.config.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

describe('a setting', () => {
  it('is taken from the flag, else the environment, else the file, else the default, and says which', () => {
    const file = putFile({ port: 4000, host: '0.0.0.0', workers: 3 })
    const { settings, origins } = readConfiguration({ port: 5000 }, file, {
      XUNBAO_PORT: '4500',
      XUNBAO_HOST: '::1',
    })
    expect(settings).toMatchObject({ port: 5000, host: '::1', workers: 3, slowMilliseconds: 1000 })
    expect(origins).toMatchObject({
      port: '命令行',
      host: '环境变量 XUNBAO_HOST',
      workers: file,
      slowMilliseconds: '默认',
    })
  })

  it.each([
    ['{ "port": 70000 }', /port 应是 0 到 65535 的整数/],
    ['{ "prot": 1 }', /没有设置 prot/],
    ['{ "port": ', /不是完整的 JSON/],
    ['[]', /应是 \{ 设置: 值 \}/],
    ['{ "publicUrl": "archive.example" }', /publicUrl 应是完整的地址/],
    [
      '{ "tokens": [{ "name": "a", "token": "x", "scopes": ["root"] }] }',
      /tokens\.0\.scopes\.0 权限应是 read、write、admin 之一/,
    ],
    ['{ "tokens": [{ "name": "a", "scopes": ["read"] }] }', /口令“a”要么有 token，要么有 tokenFile/],
    ['{ "tokenFile": "nowhere" }', /口令文件 nowhere 读不了/],
  ])('that is wrong is named: %s', (content, message) => {
    expect(() => readConfiguration({}, putFile(content), {})).toThrow(message)
  })

  it('of a variable that is wrong names the variable', () => {
    expect(() => readConfiguration({}, putFile({}), { XUNBAO_WORKERS: 'many' })).toThrow(
      /环境变量 XUNBAO_WORKERS：workers/,
    )
  })
})

it('xunbao config tells all settings and where they come from, and no token', () => {
  writeFileSync(join(folder, 'secret'), 'sesame-in-a-file\n')
  putFile({
    port: 4000,
    cluster: 'https://reader:sesame-of-the-cluster@node1:9200,https://node2:9200',
    tokens: [{ name: 'desk', tokenFile: 'secret', scopes: ['write'] }],
  })
  const { stdout, status } = spawnSync('node', [program, 'config'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XUNBAO_TOKEN: 'sesame-in-the-air' },
  })
  expect(status).toBe(0)
  expect(stdout).toMatch(/port = 4000 .*xunbao\.config\.json/)
  expect(stdout).toContain('desk（write）')
  expect(stdout).toContain('https://node1:9200,https://node2:9200')
  expect(stdout).not.toContain('sesame')
})

describe('tokens', () => {
  it('let their bearer do what their scopes say, and nothing else', async () => {
    const server = await serve(createMemoryArchive([]), {
      tokens: [
        { name: 'desk', token: 'w', scopes: ['write'] },
        { name: 'reader', token: 'r', scopes: ['read'] },
        { name: 'chief', token: 'a', scopes: ['admin'] },
      ],
    })
    try {
      const post = async (token: string) => {
        const answer = await fetch(`${server.url}/api/articles`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ title: '题' }),
        })
        return answer.status
      }
      expect([await post('w'), await post('a'), await post('r'), await post('x')]).toEqual([
        200, 200, 403, 401,
      ])
    } finally {
      await server.close()
    }
  })
})

describe('other sites', () => {
  it('read only where their origin is named', async () => {
    const server = await serve(createMemoryArchive([]), { corsOrigins: ['https://reader.example'] })
    try {
      const allowed = async (origin: string) =>
        (await fetch(`${server.url}/api/stats`, { headers: { origin } })).headers.get(
          'access-control-allow-origin',
        )
      expect(await allowed('https://reader.example')).toBe('https://reader.example')
      expect(await allowed('https://evil.example')).toBeNull()
      const preflight = await fetch(`${server.url}/api/articles`, {
        method: 'OPTIONS',
        headers: { origin: 'https://reader.example', 'access-control-request-method': 'POST' },
      })
      expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
        204,
        'GET,HEAD,POST,DELETE',
      ])
    } finally {
      await server.close()
    }
  })
})

describe('a running service', () => {
  let child: ChildProcess | undefined
  afterEach(() => child?.kill('SIGKILL'))

  it('takes up new tokens on SIGHUP, keeps the old ones where the file is wrong, and ends on SIGTERM', async () => {
    const index = join(folder, 'index')
    expect(spawnSync('node', [program, 'build', '--index', index]).status).toBe(0)
    const config = putFile({
      index,
      port: 0,
      workers: 1,
      tokens: [{ name: 'a', token: 'one', scopes: ['write'] }],
    })
    child = spawn('node', [program, 'serve', '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr!.on('data', (chunk) => {
      said += String(chunk)
    })
    const url = await new Promise<string>((resolve) =>
      child!.stdout!.on('data', (chunk) => {
        const found = /http:\S+/.exec(String(chunk))?.[0]
        if (found) resolve(found)
      }),
    )
    const statusOf = async (token: string) =>
      (
        await fetch(`${url}/api/articles/none`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${token}` },
        })
      ).status
    expect([await statusOf('one'), await statusOf('two')]).toEqual([404, 401])
    putFile({ index, port: 1, workers: 1, tokens: [{ name: 'a', token: 'two', scopes: ['write'] }] })
    child.kill('SIGHUP')
    await expect.poll(() => said).toContain('重新启动后才生效：port')
    expect([await statusOf('one'), await statusOf('two')]).toEqual([401, 404])
    putFile('{')
    child.kill('SIGHUP')
    await expect.poll(() => said).toContain('设置没有换')
    expect(await statusOf('two')).toBe(404)
    const ready = (await (await fetch(`${url}/readyz`)).json()) as Record<string, unknown>
    expect(ready).toMatchObject({ status: 'ok', vocabulary: 'ready' })
    expect(ready.freeBytes).toBeGreaterThan(0)
    const ended = new Promise((resolve) => child!.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  }, 60_000)
})
