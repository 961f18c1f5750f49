// How an answer goes over the wire: with an ETag, or in pieces at the reader's pace.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import etag from 'etag'
import fresh from 'fresh'
import { renderProblem } from '../web/problem.tsx'
import type { Site } from '../web/site.ts'
import { HttpError, type Problem, toProblem } from './problem.ts'
import type { TextReply } from './result-cache.ts'
import type { Reply } from './route.ts'

/** A JSON answer as the text that goes out, with the tag that stands for it. */
export function toTextReply(reply: Extract<Reply, { kind: 'text' | 'json' }>): TextReply {
  if (reply.kind === 'text') return { ...reply, tag: reply.tag ?? etag(reply.text, { weak: true }) }
  const text = JSON.stringify(reply.value)
  return {
    kind: 'text',
    type: 'application/json; charset=utf-8',
    text,
    // Weak: a compressed copy has the same one.
    tag: etag(reply.tagOf === undefined ? text : JSON.stringify(reply.tagOf), { weak: true }),
    ...(reply.status !== undefined && { status: reply.status }),
    ...(reply.told && { told: reply.told }),
  }
}

/** Sends what a route answered. Resolves when all of it has been handed to the socket. */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Exclude<Reply, { kind: 'file' }>,
): Promise<void> {
  if (reply.kind === 'stream') return sendStream(request, response, reply)
  if (reply.kind === 'bytes') return sendBytes(request, response, reply)
  const { text, type, status = 200, tag = '' } = toTextReply(reply)
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (isReading && status === 200) {
    response.setHeader('ETag', tag)
    // May be kept, but must be asked for again: a newly built index answers at once.
    response.setHeader('Cache-Control', 'no-cache')
    // Only the tag is asked: that a reader wants no kept copy is met by looking anew, which was done.
    if (fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag: tag })) {
      response.writeHead(304).end()
      return
    }
  } else {
    response.setHeader('Cache-Control', 'no-store')
  }
  sendText(request, response, status, type, text)
}

/** A picture: another one has another tag, and most are the same for years. */
const pictureSeconds = 86_400

function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, type, tag }: Extract<Reply, { kind: 'bytes' }>,
): void {
  response.setHeader('ETag', tag)
  response.setHeader('Cache-Control', `public, max-age=${pictureSeconds}`)
  if (fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag: tag })) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

async function sendStream(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Extract<Reply, { kind: 'stream' }>,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': reply.type,
    ...(reply.fileName && { 'Content-Disposition': `attachment; filename="${reply.fileName}"` }),
    'Cache-Control': 'no-store',
    ...reply.headers,
  })
  const chunks = reply.chunks[Symbol.asyncIterator]()
  if (request.method === 'HEAD') {
    await chunks.return?.()
    response.end()
    return
  }
  try {
    await pipeline(Readable.from(reply.chunks), response)
  } catch (fault) {
    // The reader has gone: nobody's fault.
    const isGone = fault instanceof Error && 'code' in fault && fault.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!isGone) throw fault
  } finally {
    await chunks.return?.()
  }
}

/** Sends any fault as a page for people, or cuts the answer off when it has already begun. */
export function sendProblemPage(
  request: IncomingMessage,
  response: ServerResponse,
  fault: unknown,
  site: Site,
): Problem {
  const problem = toProblem(fault)
  if (!beginProblem(response, fault, problem)) return problem
  const text = renderProblem(site, problem, request.url ?? '')
  sendText(request, response, problem.status, 'text/html; charset=utf-8', text)
  return problem
}

/** Sends any fault as a problem document, or cuts the answer off when it has already begun. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  fault: unknown,
  language: 'zh' | 'en',
): Problem {
  const problem = toProblem(fault)
  if (!beginProblem(response, fault, problem)) return problem
  // Both languages are told; the main one is what the reader's program asks for.
  response.setHeader('Content-Language', language === 'en' ? 'en, zh-CN' : 'zh-CN, en')
  response.appendHeader('Vary', 'Accept-Language')
  const told = language === 'en' ? { ...problem, title: problem.titleEn, detail: problem.detailEn } : problem
  sendText(request, response, problem.status, 'application/problem+json; charset=utf-8', JSON.stringify(told))
  return problem
}

/** The headers of a fault; false where an answer has begun, which is cut off. */
function beginProblem(response: ServerResponse, fault: unknown, problem: Problem): boolean {
  if (response.headersSent) {
    // Half an answer must not look like a whole one.
    response.destroy()
    return false
  }
  if (fault instanceof HttpError)
    for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value)
  if ([409, 429, 503].includes(problem.status) && !response.hasHeader('Retry-After'))
    response.setHeader('Retry-After', problem.code === 'BUSY' ? '1' : '5')
  response.removeHeader('ETag')
  response.setHeader('Cache-Control', 'no-store')
  return true
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
): void {
  const bytes = Buffer.from(text)
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
