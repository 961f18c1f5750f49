// What is in a file, by its ending and by its first bytes; a file that is none of what is read is refused by name.
import { readHead } from './source-bytes.ts'

/** Pages (text, PDF), JSON Lines, a JSON document, a table with a header, an article as HTML. */
export type SourceKind = 'page' | 'lines' | 'json' | 'csv' | 'html'

/** Endings of files that are read in folders, gzip or not where it can be. */
export const sourceEndings = /\.(txt|pdf|html?|((jsonl|ndjson|json|csv|tsv)(\.gz)?))$/i

const headBytes = 8192

/** The kind of a file, or a sentence that says what it is and what makes it readable. Throws what the file system says. */
export function kindOfFile(path: string): SourceKind | { refused: string } {
  const { head, isZipped } = readHead(path, headBytes)
  const name = path.replace(/\.gz$/i, '').toLowerCase()
  const refused = refusalOf(head, isZipped)
  if (refused !== undefined) return { refused }
  const text = textOf(head)
  if (/\.(jsonl|ndjson)$/.test(name)) return 'lines'
  if (/\.(csv|tsv)$/.test(name)) return 'csv'
  if (text.startsWith('<') && /^<[a-z!?]/i.test(text)) {
    if (!/<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<p[\s>]/i.test(text))
      return { refused: '这是 XML，不是版面也不是文章：先转成 JSON Lines（如用 xq 或 Python）' }
    return isZipped ? { refused: 'HTML 请先用 gunzip 解压' } : 'html'
  }
  if (/\.html?$/.test(name)) return 'html'
  const isJson = /^\[\s*(?:[{[\]"\d]|$)|^\{\s*["}]/.test(text)
  if (/\.json$/.test(name) || isJson) return isJson && isOneLineEach(text) ? 'lines' : 'json'
  if (isZipped) return { refused: 'gzip 里不是 JSON 也不是 CSV：版面请先用 gunzip 解压' }
  return 'page'
}

function refusalOf(head: Buffer, isZipped: boolean): string | undefined {
  if (head.subarray(0, 5).toString('latin1') === '%PDF-')
    return isZipped ? 'PDF 请先用 gunzip 解压' : undefined
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return '这是 tar 包：先用 tar -xf 解开'
  const magic = head.subarray(0, 4).toString('latin1')
  if (magic === 'PK\x03\x04' || magic === 'PK\x05\x06') {
    const inside = head.toString('latin1')
    if (/word\//.test(inside)) return '这是 Word 文档：先转成文本（soffice --headless --convert-to txt:Text）'
    if (/xl\//.test(inside)) return '这是 Excel 表格：先另存为 CSV（soffice --headless --convert-to csv）'
    if (/mimetypeapplication\/(epub|vnd\.oasis)/.test(inside))
      return '这是电子书或 OpenDocument 文档：先转成文本（soffice --headless --convert-to txt:Text）'
    return '这是 zip 包（或 Office 文档）：先用 unzip 解开，文档先转成文本'
  }
  if (head.length >= 4 && head.readUInt32BE(0) === 0xd0cf11e0)
    return '这是旧版 Office 文档：先转成文本（soffice --headless --convert-to txt:Text）'
  if (magic === '\x89PNG' || magic.startsWith('\xff\xd8\xff') || magic === 'II*\0' || magic === 'MM\0*')
    return '这是图片，没有文字：先做文字识别（OCR），存成 TXT 或带文字层的 PDF'
  if (/^(Rar!|7z\xbc\xaf|BZh)/.test(magic) || magic === '\xfd7zX') return '这是压缩包：先解开'
  return undefined
}

/** JSON Lines under another name: a first line that is a whole object, with more behind it or nothing. */
function isOneLineEach(text: string): boolean {
  if (!text.startsWith('{')) return false
  const [first = ''] = text.split('\n', 1)
  try {
    JSON.parse(first)
    return true
  } catch {
    return false
  }
}

function textOf(head: Buffer): string {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const encoding = !isWide ? 'utf-8' : head[0] === 0xff ? 'utf-16le' : 'utf-16be'
  return new TextDecoder(encoding).decode(head).trimStart()
}
