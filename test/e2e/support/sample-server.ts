// The sample archive as a newcomer gets it: built and served by the compiled command line.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const command = join(root, 'dist', 'cli', 'main.js')

export interface SampleServer {
  url: string
  close(): Promise<void>
}

/** Serves the sample page, or the pages of a folder. */
export async function serveSample(
  pages = join(root, 'index-data', 'pages'),
  known = '社区',
): Promise<SampleServer> {
  if (!existsSync(command)) throw new Error('dist/cli/main.js 不在：先运行 npm run compile')
  const folder = mkdtempSync(join(tmpdir(), 'xunbao-e2e-'))
  const index = join(folder, 'index')
  await promisify(execFile)(process.execPath, [command, 'build', pages, '--index', index], { cwd: folder })
  const server = spawn(process.execPath, [command, 'serve', '--port', '0', '--index', index], { cwd: folder })
  const url = await readUrl(server)
  await untilSuggestions(url, known)
  return {
    url,
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The address is the first thing that the command prints. */
function readUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (bytes: Buffer) => {
      printed += bytes.toString()
      const url = /http:\/\/[\d.]+:\d+/.exec(printed)?.[0]
      if (url !== undefined) resolve(url)
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.once('exit', (code) => reject(new Error(`serve 退出（${code}）：${printed}`)))
  })
}

/** Suggestions are gathered after the server has begun to answer; on a busy machine that takes a while. */
async function untilSuggestions(url: string, known: string): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    const response = await fetch(`${url}/api/suggest?q=${encodeURIComponent(known)}`)
    const { suggestions } = (await response.json()) as { suggestions: unknown[] }
    if (suggestions.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('一分钟过去了，还没有提示')
}
