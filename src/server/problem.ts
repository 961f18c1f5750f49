// How an error is told to a reader: RFC 9457 problem documents, in Chinese and English.
import { type ErrorCode, SearchError } from '../model/errors.ts'

/** A problem document. `title` and `detail` are Chinese; `titleEn` and `detailEn` say the same in English. */
export interface Problem {
  type: string
  title: string
  titleEn: string
  status: number
  detail: string
  detailEn: string
  code: string
  field?: string
  line?: number
  id?: string
}

interface ProblemKind {
  status: number
  title: string
  titleEn: string
  /** For faults of our own, whose message may name files of this machine: said instead of the message. */
  hideMessage?: true
}

/** Faults of the request are 4xx; only faults of the archive itself are 5xx. */
const kindOfCode = {
  INDEX_MISSING: { status: 503, title: '没有索引', titleEn: 'Index missing', hideMessage: true },
  INDEX_CORRUPT: { status: 503, title: '索引损坏', titleEn: 'Index corrupt', hideMessage: true },
  INDEX_FORMAT: {
    status: 503,
    title: '索引版本不符',
    titleEn: 'Index format not supported',
    hideMessage: true,
  },
  INDEX_LOCKED: { status: 409, title: '索引正被另一次写入占用', titleEn: 'Index locked', hideMessage: true },
  INDEX_SHRINKS: { status: 409, title: '新索引比旧的小得多', titleEn: 'Index would shrink' },
  STORAGE: { status: 503, title: '存储出错', titleEn: 'Storage failed', hideMessage: true },
  SOURCE_MISSING: { status: 404, title: '找不到来源', titleEn: 'Source missing', hideMessage: true },
  SOURCE_UNREADABLE: { status: 422, title: '来源读不了', titleEn: 'Source unreadable' },
  PAGE_EMPTY: { status: 422, title: '版面是空的', titleEn: 'Page empty' },
  PAGE_BINARY: { status: 422, title: '不是文字版面', titleEn: 'Page is binary' },
  PAGE_NO_TEXT_LAYER: { status: 422, title: 'PDF 没有文字层', titleEn: 'PDF without a text layer' },
  PAGE_DOUBTFUL: { status: 422, title: '版面有疑问', titleEn: 'Page doubtful' },
  PAGE_DAMAGED: { status: 422, title: '版面文件已损坏', titleEn: 'Page damaged' },
  LIMIT_EXCEEDED: { status: 422, title: '超过上限', titleEn: 'Limit exceeded' },
  ARTICLE_INVALID: { status: 422, title: '文章不合格式', titleEn: 'Article invalid' },
  ARTICLE_UNKNOWN: { status: 404, title: '没有这篇文章', titleEn: 'Article unknown' },
  DICTIONARY_INVALID: { status: 422, title: '词典不合格式', titleEn: 'Dictionary invalid' },
  REQUEST_INVALID: { status: 400, title: '请求有误', titleEn: 'Request invalid' },
  TIMEOUT: { status: 503, title: '检索超过时限', titleEn: 'Search took too long' },
  BUSY: { status: 503, title: '此刻太忙', titleEn: 'Too busy' },
  CLOSED: { status: 503, title: '正在关闭', titleEn: 'Closing' },
} as const satisfies Record<ErrorCode, ProblemKind>

/** Faults that HTTP itself knows, with no code of the archive's own. */
const kindOfStatus = {
  400: { title: '请求有误', titleEn: 'Bad request' },
  401: { title: '需要口令', titleEn: 'Unauthorized' },
  403: { title: '不允许写入', titleEn: 'Writes are not enabled' },
  404: { title: '没有这个地址', titleEn: 'Not found' },
  405: { title: '这个地址不接受这种方法', titleEn: 'Method not allowed' },
  408: { title: '等请求等得太久', titleEn: 'Request timeout' },
  413: { title: '请求正文太大', titleEn: 'Content too large' },
  414: { title: '地址太长', titleEn: 'URI too long' },
  417: { title: '不能照此期待', titleEn: 'Expectation failed' },
  421: { title: '不是这个服务的名字', titleEn: 'Misdirected request' },
  429: { title: '请求太多', titleEn: 'Too many requests' },
  415: { title: '不支持这种正文', titleEn: 'Unsupported media type' },
  431: { title: '请求头太大', titleEn: 'Request header fields too large' },
  500: { title: '服务器内部出错', titleEn: 'Internal error' },
} as const satisfies Record<number, { title: string; titleEn: string }>
export type HttpStatus = keyof typeof kindOfStatus

/** A fault found before the archive was asked. */
export class HttpError extends Error {
  readonly status: HttpStatus
  readonly detailEn: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: HttpStatus,
    detail: string,
    detailEn: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.name = 'HttpError'
    this.status = status
    this.detailEn = detailEn
    this.headers = headers
  }
}

/** The problem document of any fault; never holds a stack trace or a path of this machine. */
export function toProblem(fault: unknown): Problem {
  if (fault instanceof SearchError) {
    const kind: ProblemKind = kindOfCode[fault.code]
    const { field, line, id } = fault.details
    return {
      type: `urn:xunbao:problem:${fault.code.toLowerCase().replaceAll('_', '-')}`,
      title: kind.title,
      titleEn: kind.titleEn,
      status: kind.status,
      detail: kind.hideMessage ? `${kind.title}。` : fault.message,
      detailEn: describeEn(kind.titleEn, fault),
      code: fault.code,
      ...(field === undefined ? {} : { field }),
      ...(line === undefined ? {} : { line }),
      ...(id === undefined ? {} : { id }),
    }
  }
  if (fault instanceof HttpError) return toStatusProblem(fault.status, fault.message, fault.detailEn)
  const status = statusOf(fault)
  if (status === 413) return toStatusProblem(413, '请求正文太大。', 'The request body is too large.')
  if (status === 415) return toStatusProblem(415, '请求正文的编码不受支持。', 'Unsupported content encoding.')
  if (status !== undefined)
    return toStatusProblem(400, '请求读不懂：地址或正文不完整。', 'The request could not be read.')
  return toStatusProblem(500, '服务器内部出错，已记入日志。', 'Something failed here; it has been logged.')
}

function toStatusProblem(status: HttpStatus, detail: string, detailEn: string): Problem {
  const { title, titleEn } = kindOfStatus[status]
  return {
    type: `urn:xunbao:problem:http-${status}`,
    title,
    titleEn,
    status,
    detail,
    detailEn,
    code: `HTTP_${status}`,
  }
}

function describeEn(titleEn: string, fault: SearchError): string {
  const { field, line, id } = fault.details
  const places = [
    field === undefined ? '' : `parameter or field "${field}"`,
    line === undefined ? '' : `line ${line}`,
    id === undefined ? '' : `id "${id}"`,
  ].filter((place) => place !== '')
  return places.length === 0 ? `${titleEn}.` : `${titleEn}: ${places.join(', ')}.`
}

/** Express and its body reader mark the faults of a request with a 4xx status. */
function statusOf(fault: unknown): number | undefined {
  if (typeof fault !== 'object' || fault === null || !('status' in fault)) return undefined
  const { status } = fault
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
