// Reads the lines of a table (CSV, TSV) whose header names the fields of articles.
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { SearchError } from '../model/errors.ts'
import { detectEncoding } from '../page/encoding.ts'
import { nameFields } from '../schema/article-names.ts'
import { gzipDamage, isGzipDamage, openSource, readHead } from './source-bytes.ts'

export interface TableRecord {
  /** 1-based line on which the record ends. */
  line: number
  /** Values by the header's names; a sentence instead when the record has more or fewer cells than the header. */
  value: Record<string, string> | string
}

const headBytes = 65_536

/**
 * Yields the records of a table in UTF-8, UTF-16, GB18030 or Big5, plain or gzip, parted by commas, tabs or semicolons.
 * Throws SOURCE_UNREADABLE when the header names no field of an article, or when a quotation mark is never closed.
 */
export async function* readTable(path: string): AsyncGenerator<TableRecord> {
  const { head } = readHead(path, headBytes)
  const encoding = detectEncoding(head.length % 2 === 0 ? head : head.subarray(0, -1))
  const firstLine = iconv.decode(head, iconvName(encoding)).split(/\r?\n/, 1)[0]!
  const separators = [',', '\t', ';', '，']
  const counts = separators.map((separator) => firstLine.split(separator).length)
  const delimiter = separators[counts.indexOf(Math.max(...counts))]!
  let header: string[] | undefined
  const source = openSource(path)
  const parser = parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true })
  const forward = (error: Error) => parser.destroy(error)
  source.stream
    .on('error', forward)
    .pipe(iconv.decodeStream(iconvName(encoding)))
    .on('error', forward)
    .pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      if (header === undefined) {
        header = record.map((name) => name.trim())
        const { fields } = nameFields(Object.fromEntries(header.map((name) => [name, name || '-'])))
        if (!['headline', 'paragraphs', 'caption'].some((field) => field in fields))
          throw new SearchError(
            'SOURCE_UNREADABLE',
            `表头里没有 title、body 这样的列，只有：${header.slice(0, 10).join('、')}`,
            { file: path, line: 1 },
          )
        continue
      }
      const isEven = record.length === header.length
      yield {
        line: info.lines,
        value: isEven
          ? Object.fromEntries(header.map((name, i) => [name, unguarded(record[i]!)]))
          : `有 ${record.length} 格，表头有 ${header.length} 格`,
      }
    }
  } catch (error) {
    if (error instanceof SearchError) throw error
    const { code = '', lines, message } = error as Error & { code?: string; lines?: number }
    if (code.startsWith('E')) throw error
    const why = isGzipDamage(error) ? gzipDamage : code === 'CSV_QUOTE_NOT_CLOSED' ? '引号没有闭合' : message
    throw new SearchError(
      'SOURCE_UNREADABLE',
      `表格读到这里中断：${why}`,
      { file: path, ...(lines !== undefined && { line: lines }) },
      { cause: error },
    )
  } finally {
    source.close()
    parser.destroy()
  }
}

/** An export puts an apostrophe before what a spreadsheet would take for a formula; here it goes again. */
function unguarded(cell: string): string {
  return /^'(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell) ? cell.slice(1) : cell
}

function iconvName(encoding: ReturnType<typeof detectEncoding>): string {
  return encoding === 'utf16le' ? 'utf-16le' : encoding === 'utf16be' ? 'utf-16be' : encoding
}
