// The settings of the service: from a file, the environment and flags, in that order, each with where it came from.
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { SearchError } from '../model/errors.ts'
import { scopes, type Token } from '../server/security.ts'
import { defaultIndex } from './places.ts'

/** Read from the working folder where no other file is named. */
const usualFile = 'xunbao.config.json'

const whole = (least: number, most: number) =>
  v.pipe(
    v.union(
      [v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))],
      `应是 ${least} 到 ${most} 的整数`,
    ),
    v.check(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `应是 ${least} 到 ${most} 的整数`,
    ),
  )
const flag = v.pipe(
  v.union([v.boolean(), v.picklist(['1', '0', 'true', 'false'])], '应是 true 或 false'),
  v.transform((value) => value === true || value === '1' || value === 'true'),
)
const text = v.pipe(v.string('应是文字'), v.trim(), v.nonEmpty('不能是空的'))
const texts = v.pipe(
  v.union([v.string(), v.array(v.string())], '应是文字的列表'),
  v.transform((value) =>
    (typeof value === 'string' ? value.split(',') : value).map((one) => one.trim()).filter(Boolean),
  ),
)
const address = v.pipe(text, v.url('应是完整的地址，如 https://archive.example'))
const token = v.strictObject(
  {
    name: text,
    token: v.optional(text),
    /** A file whose content is the token, beside the configuration unless its path is whole. */
    tokenFile: v.optional(text),
    scopes: v.array(v.picklist(scopes, `权限应是 ${scopes.join('、')} 之一`), '应是权限的列表'),
  },
  ({ expected }) => (expected === 'never' ? '没有这个字段' : '应是 { name, token 或 tokenFile, scopes }'),
)

/** Every setting, with what it means; its default is its value where nobody says another. */
const schemas = {
  index: v.optional(v.pipe(text, v.description('索引所在的文件夹')), defaultIndex),
  cluster: v.optional(v.pipe(text, v.description('OpenSearch 集群的地址，几个用逗号分开；不用索引文件夹'))),
  name: v.optional(v.pipe(text, v.description('集群上档案的名称')), 'xunbao'),
  host: v.optional(v.pipe(text, v.description('监听的地址')), '127.0.0.1'),
  port: v.optional(v.pipe(whole(0, 65_535), v.description('端口，0 任选')), 3000),
  publicUrl: v.optional(v.pipe(address, v.description('读者看到的地址，订阅和接口说明里用'))),
  allowedHosts: v.optional(v.pipe(texts, v.description('只供本机时，另外认得的名字')), []),
  corsOrigins: v.optional(v.pipe(texts, v.description('可以跨站读的来源，* 表示都可以')), []),
  trustedProxies: v.optional(v.pipe(whole(0, 10), v.description('前面有几层可信的代理')), 0),
  workers: v.optional(v.pipe(whole(0, 256), v.description('检索的线程，0 不另开')), availableParallelism()),
  token: v.optional(v.pipe(text, v.description('口令，什么都可以做'))),
  tokenFile: v.optional(v.pipe(text, v.description('存口令的文件'))),
  tokens: v.optional(v.pipe(v.array(token, '应是口令的列表'), v.description('几个口令，各有名字和权限')), []),
  answerSeconds: v.optional(v.pipe(whole(1, 600), v.description('一次回答最多几秒')), 10),
  closeSeconds: v.optional(v.pipe(whole(1, 600), v.description('结束时最多等几秒')), 10),
  queueMilliseconds: v.optional(v.pipe(whole(0, 60_000), v.description('排队超过这么久，新的就不收')), 150),
  requestsPerMinute: v.optional(v.pipe(whole(0, 1_000_000), v.description('每人每分钟最多几次，0 不限')), 0),
  requestsAtOnce: v.optional(v.pipe(whole(0, 100_000), v.description('每人同时最多几个请求，0 不限')), 0),
  exportsAtOnce: v.optional(v.pipe(whole(1, 1000), v.description('同时最多几份导出')), 8),
  pictureMegabytes: v.optional(v.pipe(whole(0, 1_000_000), v.description('版面图在磁盘上最多占多少')), 512),
  cacheMegabytes: v.optional(v.pipe(whole(0, 100_000), v.description('回答的缓存')), 64),
  pageSeconds: v.optional(v.pipe(whole(1, 3600), v.description('读一个版面文件最多几秒')), 20),
  pageMegabytes: v.optional(
    v.pipe(whole(100, 1_000_000), v.description('读一个版面文件最多用多少内存')),
    1500,
  ),
  metricsPort: v.optional(v.pipe(whole(1, 65_535), v.description('/metrics 只在这个端口'))),
  logRequests: v.optional(v.pipe(flag, v.description('每个请求记一行')), false),
  logQueries: v.optional(v.pipe(flag, v.description('也记查了什么')), false),
  slowMilliseconds: v.optional(v.pipe(whole(0, 600_000), v.description('慢于此的请求总要记')), 1000),
}
export type SettingName = keyof typeof schemas
export type Settings = { readonly [Name in SettingName]: v.InferOutput<(typeof schemas)[Name]> }

/** Where a value came from, in Chinese. */
export type Origins = Record<SettingName, string>

export interface Configuration {
  settings: Settings
  origins: Origins
  /** What the tokens come to, those in files read. */
  tokens: Token[]
  file: string | undefined
}

export const settingNames = Object.keys(schemas) as SettingName[]

export function describeSetting(name: SettingName): string {
  const { wrapped } = schemas[name] as unknown as { wrapped: v.GenericSchema }
  return v.getDescription(wrapped as Parameters<typeof v.getDescription>[0]) ?? ''
}

/** `slowMilliseconds` is XUNBAO_SLOW_MILLISECONDS. */
export function variableOf(name: SettingName): string {
  return `XUNBAO_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/**
 * Reads all settings. Throws REQUEST_INVALID naming the setting and where it stands: file, variable or flag.
 * @param flags those that were given on the command line
 */
export function readConfiguration(
  flags: Partial<Record<SettingName, unknown>> = {},
  named: string | undefined = process.env.XUNBAO_CONFIG || undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Configuration {
  const file = named ?? (existsSync(usualFile) ? usualFile : undefined)
  const fromFile = file === undefined ? {} : readFile(file)
  const settings: Record<string, unknown> = {}
  const origins = {} as Origins
  for (const name of settingNames) {
    const variable = variableOf(name)
    const given = [
      { value: flags[name], origin: '命令行' },
      { value: environment[variable] || undefined, origin: `环境变量 ${variable}` },
      { value: fromFile[name], origin: `${file}` },
      { value: undefined, origin: '默认' },
    ].find(({ value, origin }) => value !== undefined || origin === '默认')!
    const read = v.safeParse(schemas[name] as v.GenericSchema<unknown, unknown>, given.value, {
      abortPipeEarly: true,
    })
    if (!read.success) {
      const [issue] = read.issues
      const place = issue.path?.map(({ key }) => String(key)).join('.') ?? ''
      throw new SearchError(
        'REQUEST_INVALID',
        `${given.origin}：${name}${place && `.${place}`} ${issue.message}`,
        {
          field: name,
          ...(file !== undefined && given.origin === file && { file }),
        },
      )
    }
    settings[name] = read.output
    origins[name] = given.origin
  }
  const checked = settings as Settings
  return { settings: checked, origins, tokens: tokensOf(checked, file), file }
}

function readFile(file: string): Record<string, unknown> {
  const fail = (message: string, field?: string) =>
    new SearchError('REQUEST_INVALID', `${file}：${message}`, { file, ...(field !== undefined && { field }) })
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw fail(
      error instanceof SyntaxError
        ? `不是完整的 JSON（${error.message}）`
        : `读不了（${(error as Error).message}）`,
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail('应是 { 设置: 值 }')
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(schemas, name))
  if (unknown !== undefined) throw fail(`没有设置 ${unknown}`, unknown)
  return value as Record<string, unknown>
}

function tokensOf({ token: single, tokenFile, tokens }: Settings, file: string | undefined): Token[] {
  const read = (path: string): string => {
    const whole = file === undefined ? path : resolve(dirname(file), path)
    let content: string
    try {
      content = readFileSync(whole, 'utf8').trim()
    } catch (error) {
      throw new SearchError('REQUEST_INVALID', `口令文件 ${path} 读不了：${(error as Error).message}`, {
        file: path,
      })
    }
    if (content === '') throw new SearchError('REQUEST_INVALID', `口令文件 ${path} 是空的`, { file: path })
    return content
  }
  const all: Token[] = []
  if (single !== undefined) all.push({ name: 'token', token: single, scopes: ['admin'] })
  if (tokenFile !== undefined) all.push({ name: 'tokenFile', token: read(tokenFile), scopes: ['admin'] })
  for (const { name, token: own, tokenFile: path, scopes: granted } of tokens) {
    if ((own === undefined) === (path === undefined))
      throw new SearchError('REQUEST_INVALID', `口令“${name}”要么有 token，要么有 tokenFile`, {
        field: 'tokens',
      })
    all.push({ name, token: own ?? read(path!), scopes: granted })
  }
  return all
}
