// The records of a file that holds articles, whatever its form: JSON Lines, a JSON document, a table, HTML.
import { readFile } from 'node:fs/promises'
import { readTable } from './csv-records.ts'
import { readHtmlArticle } from './html-article.ts'
import { decodeLines, type LineBlock, readLines } from './json-lines.ts'
import { readJsonValues } from './json-values.ts'
import type { SourceKind } from './source-kind.ts'

/** One article or page as it was sent, or a sentence about what stands there instead. */
export type SourceRecord = { line?: number } & ({ value: unknown } | { fault: string })

/** Records as they come from a file: the work of decoding and parsing them is left to whoever reads them. */
export type RawRecords = LineBlock | readonly ({ line?: number; text: string } | SourceRecord)[]

export interface RecordGroup {
  records: RawRecords
  /** Of the file, so far. */
  bytesRead: number
}

/** Records that are read together where nothing else groups them. */
export const recordsTogether = 256

/**
 * Yields the records of a file a group at a time. A record that cannot be read is a fault of its own; throws
 * SOURCE_UNREADABLE with the line when no more can be read, or what the file system says.
 */
export async function* readRecords(
  path: string,
  kind: Exclude<SourceKind, 'page'>,
  bytes: number,
): AsyncGenerator<RecordGroup> {
  if (kind === 'lines') {
    for await (const { block, bytesRead } of readLines(path)) yield { records: block, bytesRead }
  } else if (kind === 'json') {
    for await (const { values, bytesRead } of readJsonValues(path)) yield { records: values, bytesRead }
  } else if (kind === 'html') {
    yield { records: [{ value: readHtmlArticle(await readFile(path)) }], bytesRead: bytes }
  } else {
    let records: SourceRecord[] = []
    for await (const { line, value } of readTable(path)) {
      records.push(typeof value === 'string' ? { line, fault: value } : { line, value })
      if (records.length < recordsTogether) continue
      yield { records, bytesRead: 0 }
      records = []
    }
    yield { records, bytesRead: bytes }
  }
}

/** Decodes and parses; blank lines are left out. */
export function parseRecords(raw: RawRecords): SourceRecord[] {
  if ('bytes' in raw)
    return decodeLines(raw)
      .filter(({ text }) => text.trim() !== '')
      .map(({ number, text, damaged }) =>
        damaged
          ? { line: number, fault: '这一行不是 UTF-8 文字，已跳过（请先转成 UTF-8）' }
          : parseRecord(text, number),
      )
  return raw.map((record) => ('text' in record ? parseRecord(record.text, record.line) : record))
}

function parseRecord(text: string, line?: number): SourceRecord {
  const at = line === undefined ? {} : { line }
  try {
    return { ...at, value: JSON.parse(text) }
  } catch {
    const head = text.trim().slice(0, 40)
    return { ...at, fault: `不是完整的 JSON，已跳过：${head}${text.trim().length > 40 ? '…' : ''}` }
  }
}

/** Where an object without an article of its own keeps a list of them; undefined when it keeps none. */
export function wrappedList(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.entries(value).find(
    ([, list]) => Array.isArray(list) && list.length > 0 && typeof list[0] === 'object',
  )?.[0]
}
