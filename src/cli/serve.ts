// xunbao serve: the API and the search page, until a signal ends it.
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { type ErrorCode, SearchError } from '../model/errors.ts'
import { chooseSources, rebuild } from './build.ts'
import { addIndexOption, parseWhole } from './options.ts'
import { printLine, tell } from './output.ts'

/** Faults after which the index is as it was before. */
const keepsServing: ReadonlySet<ErrorCode> = new Set(['INDEX_SHRINKS', 'SOURCE_MISSING', 'INDEX_LOCKED'])

interface ServeOptions {
  index: string
  host: string
  port: number
  log?: boolean
  build?: boolean
  workers: number
}

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('打开检索页和 HTTP 接口；索引重建后自动换新。设 XUNBAO_TOKEN 才接受写入')
    .option('--port <端口>', '0 表示任选一个空闲的', (text) => parseWhole(text, 0, 65_535), 3000)
    .option('--host <地址>', '默认只供本机访问', '127.0.0.1')
    .option('--build', '先从 index-data/pages（或附带的样版）重建索引')
    .option(
      '--workers <个数>',
      '检索的线程数，默认与处理器核数相同；0 表示不另开线程',
      (text) => parseWhole(text, 0, 256),
      availableParallelism(),
    )
    .option('--log', '每个请求在标准错误输出一行')
  addIndexOption(command).action(async ({ index, host, port, log = false, build, workers }: ServeOptions) => {
    if (build) {
      // What could not be taken in has been named; the rest can be searched.
      try {
        await rebuild(chooseSources([]), { index })
      } catch (error) {
        // The old index is whole and goes on being served; why it was not replaced has to be said.
        if (!(error instanceof SearchError) || !keepsServing.has(error.code)) throw error
        tell(`没有重建：${error.message}`)
      }
      process.exitCode = 0
    }
    const token = process.env.XUNBAO_TOKEN
    const { openArchive } = await import('../archive/open-archive.ts')
    const { openPooledArchive } = await import('../archive/pooled-archive.ts')
    const { createServer } = await import('../server/server.ts')
    const archive =
      workers === 0 ? await openArchive({ index }) : await openPooledArchive({ index, threads: workers })
    try {
      const server = await createServer(archive, {
        host,
        port,
        accessLog: log,
        ...(token !== undefined && token !== '' && { token }),
      })
      await printLine(`寻报已就绪：${server.url}`)
      tell('按 Ctrl+C 结束')
      await untilSignal()
      await server.close()
    } finally {
      await archive.close()
    }
  })
}

/** A second signal does not wait for open requests. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isEnding = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (isEnding) process.exit(1)
        isEnding = true
        resolve()
      })
  })
}
