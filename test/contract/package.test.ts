// The package as somebody else gets it: packed, installed in an empty folder, run by npx, imported with its types.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))
const isLong = process.env.XUNBAO_LONG === '1'
if (!isLong) console.warn('打包测试没有运行：要安装一遍全部依赖，设 XUNBAO_LONG=1 才跑（.ci/run 会跑）。')

describe.skipIf(!isLong)('打成包，装进空文件夹', () => {
  let folder: string
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xunbao-package-'))
    // What is compiled is there already: `npm test` compiles first.
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: project,
      stdio: 'ignore',
    })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'reader', private: true, type: 'module', allowScripts: { nodejieba: true } }),
    )
    // nodejieba asks npx for its build tool; without this line that would wait for an answer.
    writeFileSync(join(folder, '.npmrc'), 'yes=true\n')
    run('npm', 'install', '--no-audit', '--no-fund', join(folder, tarball))
  }, 600_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('builds the sample page and searches it with npx', () => {
    expect(run('npx', 'xunbao', 'build')).toContain('已收录')
    const result = JSON.parse(run('npx', 'xunbao', 'search', '社区', '--json'))
    expect(result.hits[0].headline.text).toBe('“小社区”凝聚“大幸福”')
  })

  it('is a library whose door opens', () => {
    writeFileSync(
      join(folder, 'use.js'),
      `import { openArchive, createRouter } from 'xunbao'
const archive = await openArchive({ index: 'index-data/index' })
const { total } = await archive.search({ q: '社区', view: 'ids' })
console.log(total, typeof createRouter(archive))
await archive.close()\n`,
    )
    expect(run('node', 'use.js')).toMatch(/^[1-9]\d* function\n$/)
  })

  it('compiles and runs the program in the README as printed, strictly, for Node and for bundlers', () => {
    const readme = readFileSync(join(project, 'README.md'), 'utf8')
    const [, program = ''] = /```ts\n([\s\S]*?from 'xunbao'[\s\S]*?)```/.exec(readme) ?? []
    writeFileSync(join(folder, 'readme.ts'), program)
    run('npm', 'install', '--no-audit', '--no-fund', 'express@5', '@types/node@20')
    const tsc = join(project, 'node_modules', '.bin', 'tsc')
    const strict = ['--strict', '--target', 'es2022', '--skipLibCheck', 'false', 'readme.ts']
    run(tsc, '--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit', ...strict)
    run(tsc, '--module', 'nodenext', '--moduleResolution', 'nodenext', ...strict)
    expect(run('node', 'readme.js')).toMatch(/^[1-9]\d* “小社区”凝聚“大幸福”\n$/)
  }, 120_000)

  it('works without nodejieba, installed without scripts beside bcrypt 5, and says who cut', () => {
    const bare = mkdtempSync(join(tmpdir(), 'xunbao-bare-'))
    try {
      const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
      writeFileSync(join(bare, 'package.json'), JSON.stringify({ name: 'bare', private: true }))
      const here = (command: string, ...words: string[]) =>
        execFileSync(command, words, { cwd: bare, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      here('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', 'bcrypt@5', join(folder, tarball))
      expect(JSON.parse(here('npx', 'xunbao', 'build', '--json')).segmenter).toBe('segmenter')
      expect(JSON.parse(here('npx', 'xunbao', 'stats', '--json')).segmenter).toBe('segmenter')
      expect(JSON.parse(here('npx', 'xunbao', 'search', '社区', '--json')).total).toBeGreaterThan(0)
    } finally {
      rmSync(bare, { recursive: true, force: true })
    }
  }, 300_000)

  it('holds what a user needs and nothing of the workshop', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: project,
      encoding: 'utf8',
    })
    const paths: string[] = JSON.parse(listed)[0].files.map(({ path }: { path: string }) => path)
    for (const path of [
      'dist/cli/main.js',
      'dist/xunbao.d.ts',
      'dist/web/assets.json',
      'dist/ingest/worker.js',
      'dist/lexicon/words.utf8',
      'dist/lexicon/LICENSE.cppjieba',
      'LICENSE',
      'README.md',
      'package.json',
    ])
      expect(paths).toContain(path)
    expect(paths.filter((path) => /^dist\/web\/assets\/(site|style)-\w+\.(js|css)$/.test(path))).toHaveLength(
      2,
    )
    expect(paths.filter((path) => /^(src|test|bench|scripts)\//.test(path))).toEqual([])
  })
})
