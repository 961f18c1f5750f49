// xunbao serve: the API and the search page, until a signal ends it.
import type { Command } from 'commander'
import { type ErrorCode, SearchError } from '../model/errors.ts'
import type { Changeable, RunningServer } from '../server/server.ts'
import { chooseSources, rebuild } from './build.ts'
import { type Configuration, readConfiguration, type SettingName, settingNames } from './configuration.ts'
import { addPlaceOptions, type Place, parseWhole } from './options.ts'
import { printLine, tell } from './output.ts'

/** Faults after which the index is as it was before. */
const keepsServing: ReadonlySet<ErrorCode> = new Set(['INDEX_SHRINKS', 'SOURCE_MISSING', 'INDEX_LOCKED'])

interface ServeOptions {
  config?: string
  index?: string
  cluster?: string
  name?: string
  host?: string
  port?: number
  workers?: number
  log?: boolean
  build?: boolean
}

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('打开检索页和 HTTP 接口；索引重建后自动换新。设了口令才接受写入；设置见 xunbao config')
    .option('--port <端口>', '默认 3000；0 表示任选一个空闲的', (text) => parseWhole(text, 0, 65_535))
    .option('--host <地址>', '默认 127.0.0.1，只供本机访问')
    .option('--build', '先从 index-data/pages（或附带的样版）重建索引')
    .option('--workers <个数>', '检索的线程数，默认与处理器核数相同；0 表示不另开线程', (text) =>
      parseWhole(text, 0, 256),
    )
    .option('--config <文件>', '设置文件，默认是当前文件夹的 xunbao.config.json')
    .option('--log', '每个请求在标准错误输出一行')
  addPlaceOptions(command).action(async ({ config, build, log, ...given }: ServeOptions) => {
    const flags = { ...given, logRequests: log }
    const read = () => readConfiguration(flags, config)
    const configuration = read()
    const { settings } = configuration
    if (build) {
      // What could not be taken in has been named; the rest can be searched.
      try {
        await rebuild(chooseSources([]), placeOfSettings(configuration))
      } catch (error) {
        // The old index is whole and goes on being served; why it was not replaced has to be said.
        if (!(error instanceof SearchError) || !keepsServing.has(error.code)) throw error
        tell(`没有重建：${error.message}`)
      }
      process.exitCode = 0
    }
    const archive = await openFor(configuration)
    try {
      const { createServer } = await import('../server/server.ts')
      const { host, port, publicUrl, allowedHosts, trustedProxies, exportsAtOnce, metricsPort } = settings
      const server = await createServer(archive, {
        host,
        port,
        publicUrl,
        allowedHosts,
        trustedProxies,
        exportsAtOnce,
        metricsPort,
        answerTimeoutMs: settings.answerSeconds * 1000,
        closeTimeoutMs: settings.closeSeconds * 1000,
        cacheBytes: settings.cacheMegabytes * 2 ** 20,
        ...changeable(configuration),
      })
      await printLine(`寻报已就绪：${server.url}`)
      tell('按 Ctrl+C 结束')
      followSettings(server, configuration, read)
      await untilSignal()
      await server.close()
    } finally {
      await archive.close()
    }
  })
}

/** With a folder named on the command line a cluster named elsewhere is not meant. */
function placeOfSettings({ settings, origins }: Configuration): Place {
  const { index, cluster, name } = settings
  const isFolder = origins.index === '命令行' && origins.cluster !== '命令行'
  return cluster === undefined || isFolder ? { index } : { cluster, name }
}

async function openFor(configuration: Configuration) {
  const { settings } = configuration
  const { workers, pageSeconds, pageMegabytes, pictureMegabytes } = settings
  const place = placeOfSettings(configuration)
  const pageLimits = { seconds: pageSeconds, megabytes: pageMegabytes }
  const { openArchive } = await import('../archive/open-archive.ts')
  // The nodes of a cluster have their own threads.
  if ('cluster' in place) return openArchive({ ...place, pageLimits })
  const options = { ...place, pageLimits, pictureBytes: pictureMegabytes * 2 ** 20 }
  if (workers === 0) return openArchive(options)
  const { openPooledArchive } = await import('../archive/pooled-archive.ts')
  return openPooledArchive({
    ...options,
    threads: workers,
    callMs: settings.answerSeconds * 1000,
    queueMs: settings.queueMilliseconds,
  })
}

/** The settings that take effect while the service runs, by name. */
const changeableNames: ReadonlySet<SettingName> = new Set([
  'token',
  'tokenFile',
  'tokens',
  'corsOrigins',
  'requestsPerMinute',
  'requestsAtOnce',
  'logRequests',
  'logQueries',
  'slowMilliseconds',
])

function changeable({ settings, tokens }: Configuration): Changeable {
  return {
    tokens,
    corsOrigins: settings.corsOrigins,
    requestsPerMinute: settings.requestsPerMinute,
    requestsAtOnce: settings.requestsAtOnce,
    accessLog: settings.logRequests,
    logQueries: settings.logQueries,
    slowMs: settings.slowMilliseconds,
  }
}

/** SIGHUP reads the settings again. Wrong ones change nothing; those that need a new start are named. */
function followSettings(server: RunningServer, first: Configuration, read: () => Configuration): void {
  let current = first
  process.on('SIGHUP', () => {
    try {
      const next = read()
      const isOther = (name: SettingName) =>
        JSON.stringify(next.settings[name]) !== JSON.stringify(current.settings[name])
      const late = settingNames.filter((name) => !changeableNames.has(name) && isOther(name))
      server.change(changeable(next))
      current = next
      tell(`设置已重新读入${late.length > 0 ? `；重新启动后才生效：${late.join('、')}` : ''}`)
    } catch (error) {
      tell(`设置没有换：${(error as Error).message}`)
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
