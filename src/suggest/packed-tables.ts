// The tables of suggestions as one row of bytes, so that building once serves every later start.
import { crc32 } from 'node:zlib'
import { SearchError } from '../model/errors.ts'
import type { HeadlineTable } from './headline-table.ts'
import type { Strings } from './sorted-strings.ts'
import type { TermTable } from './term-table.ts'

/** Changes whenever the tables hold something else; older bytes must be made again. */
const formatVersion = 3
/** "XBSG" read as a little-endian number. */
const magic = 0x47534258
/** Magic, version, CRC-32 of everything behind it, bytes of the directory. */
const headBytes = 16
/** Every section starts at a multiple, so that it can be used where it lies. */
const alignment = 8

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array
type ColumnType = 'u8' | 'u16' | 'u32' | 'f64'

interface DirectoryEntry {
  name: string
  type: ColumnType
  /** Bytes, counted from the first section. */
  start: number
  length: number
}

export interface SuggestTables {
  terms: TermTable
  headlines: HeadlineTable
  /** See `nearPairsInSteps`. */
  nearPairs: Float64Array
}

/** Packs the tables; about 200 bytes for a headline and 60 for a term. */
export function toBytes({ terms, headlines, nearPairs }: SuggestTables): Uint8Array {
  const { grams, size: _size, ...headlineColumns } = headlines
  const columns: Record<string, Column> = {
    ...packStrings('termTexts', terms.texts),
    // A key that is the shown text is not kept twice.
    ...packStrings('termKeys', terms.keys, (key, i) => (key === terms.texts.at(i) ? '' : key)),
    termCounts: terms.counts,
    termKinds: terms.kinds,
    termByKey: terms.byKey.values,
    ...packStrings('termSounds', terms.bySound.strings),
    termBySound: terms.bySound.values,
    termIsUsualSound: terms.isUsualSound,
    ...packStrings('termInitials', terms.byInitials.strings),
    termByInitials: terms.byInitials.values,
    nearPairs,
    ...headlineColumns,
    ...{ grams: grams.grams, gramStarts: grams.listStarts, gramBytes: grams.bytes, gramCounts: grams.counts },
  }
  const directory: DirectoryEntry[] = []
  let end = 0
  for (const [name, column] of Object.entries(columns)) {
    directory.push({ name, type: typeOf(column), start: end, length: column.byteLength })
    end = aligned(end + column.byteLength)
  }
  const directoryBytes = new TextEncoder().encode(JSON.stringify(directory))
  const first = aligned(headBytes + directoryBytes.length)
  const bytes = new Uint8Array(first + end)
  bytes.set(directoryBytes, headBytes)
  for (const { name, start } of directory) {
    const column = columns[name]!
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), first + start)
  }
  const head = new DataView(bytes.buffer)
  head.setUint32(0, magic, true)
  head.setUint32(4, formatVersion, true)
  head.setUint32(12, directoryBytes.length, true)
  head.setUint32(8, crc32(bytes.subarray(12)), true)
  return bytes
}

/**
 * The tables in packed bytes, which stay in use and must not be changed. Throws INDEX_FORMAT when they are of another
 * version or something else altogether, INDEX_CORRUPT when their checksum is wrong. `file` is named in both.
 */
export function fromBytes(packed: Uint8Array, file = ''): SuggestTables {
  const head = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.byteLength < headBytes || head.getUint32(0, true) !== magic) {
    throw new SearchError('INDEX_FORMAT', `不是输入提示的数据：${file}`, { file })
  }
  const version = head.getUint32(4, true)
  if (version !== formatVersion) {
    const message = `输入提示的数据是第 ${version} 版，本程序只读第 ${formatVersion} 版，请重建索引：${file}`
    throw new SearchError('INDEX_FORMAT', message, { file })
  }
  if (crc32(packed.subarray(12)) !== head.getUint32(8, true)) {
    throw new SearchError('INDEX_CORRUPT', `输入提示的数据校验和不符，请重建索引：${file}`, {
      file,
      offset: 12,
    })
  }
  // Columns are read in place, which takes a start that is a multiple of their width.
  const bytes = packed.byteOffset % alignment === 0 ? packed : packed.slice()
  const directoryLength = head.getUint32(12, true)
  const text = new TextDecoder().decode(bytes.subarray(headBytes, headBytes + directoryLength))
  const first = aligned(headBytes + directoryLength)
  const columns = new Map<string, Column>()
  for (const { name, type, start, length } of JSON.parse(text) as DirectoryEntry[]) {
    columns.set(name, columnAt(type, bytes, first + start, length))
  }
  return {
    terms: termTable(columns),
    headlines: headlineTable(columns),
    nearPairs: columns.get('nearPairs') as Float64Array,
  }
}

function termTable(columns: ReadonlyMap<string, Column>): TermTable {
  const texts = stringsIn(columns, 'termTexts')
  const ownKeys = stringsIn(columns, 'termKeys')
  const keys: Strings = { length: texts.length, at: (term) => ownKeys.at(term) || texts.at(term) }
  const byKey = wordColumn(columns, 'termByKey')
  return {
    texts,
    keys,
    counts: wordColumn(columns, 'termCounts'),
    kinds: byteColumn(columns, 'termKinds'),
    byKey: {
      strings: {
        length: byKey.length,
        at: (place) => (place < byKey.length ? keys.at(byKey[place]!) : undefined),
      },
      values: byKey,
    },
    bySound: {
      strings: stringsIn(columns, 'termSounds'),
      values: wordColumn(columns, 'termBySound'),
    },
    isUsualSound: byteColumn(columns, 'termIsUsualSound'),
    byInitials: {
      strings: stringsIn(columns, 'termInitials'),
      values: wordColumn(columns, 'termByInitials'),
    },
  }
}

function headlineTable(columns: ReadonlyMap<string, Column>): HeadlineTable {
  const counts = wordColumn(columns, 'counts')
  return {
    size: counts.length,
    units: columns.get('units') as Uint16Array,
    starts: wordColumn(columns, 'starts'),
    shown: byteColumn(columns, 'shown'),
    shownStarts: wordColumn(columns, 'shownStarts'),
    ids: byteColumn(columns, 'ids'),
    idStarts: wordColumn(columns, 'idStarts'),
    counts,
    byText: wordColumn(columns, 'byText'),
    sounds: byteColumn(columns, 'sounds'),
    bySound: wordColumn(columns, 'bySound'),
    initials: byteColumn(columns, 'initials'),
    byInitials: wordColumn(columns, 'byInitials'),
    grams: {
      grams: wordColumn(columns, 'grams'),
      listStarts: wordColumn(columns, 'gramStarts'),
      bytes: byteColumn(columns, 'gramBytes'),
      counts: wordColumn(columns, 'gramCounts'),
    },
  }
}

function byteColumn(columns: ReadonlyMap<string, Column>, name: string): Uint8Array {
  return columns.get(name) as Uint8Array
}

function wordColumn(columns: ReadonlyMap<string, Column>, name: string): Uint32Array {
  return columns.get(name) as Uint32Array
}

function typeOf(column: Column): ColumnType {
  if (column instanceof Float64Array) return 'f64'
  return column instanceof Uint8Array ? 'u8' : column instanceof Uint16Array ? 'u16' : 'u32'
}

function columnAt(type: ColumnType, bytes: Uint8Array, start: number, length: number): Column {
  const at = bytes.byteOffset + start
  if (type === 'u8') return new Uint8Array(bytes.buffer, at, length)
  if (type === 'f64') return new Float64Array(bytes.buffer, at, length / 8)
  return type === 'u16'
    ? new Uint16Array(bytes.buffer, at, length / 2)
    : new Uint32Array(bytes.buffer, at, length / 4)
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment
}

/** Strings as two columns: their units one after the other, and where each begins. */
function packStrings(
  name: string,
  strings: Strings,
  packed: (text: string, place: number) => string = (text) => text,
): Record<string, Column> {
  const starts = new Uint32Array(strings.length + 1)
  const texts = Array.from({ length: strings.length }, (_, place) => packed(strings.at(place)!, place))
  for (const [place, text] of texts.entries()) starts[place + 1] = starts[place]! + text.length
  const units = new Uint16Array(starts[texts.length]!)
  for (const [place, text] of texts.entries())
    for (let i = 0; i < text.length; i++) units[starts[place]! + i] = text.charCodeAt(i)
  return { [`${name}Units`]: units, [`${name}Starts`]: starts }
}

/** Reads a string when it is asked for: nothing of it lies in the heap before. */
function stringsIn(columns: ReadonlyMap<string, Column>, name: string): Strings {
  const units = columns.get(`${name}Units`) as Uint16Array
  const starts = wordColumn(columns, `${name}Starts`)
  const length = starts.length - 1
  return {
    length,
    at: (place) =>
      place >= 0 && place < length
        ? String.fromCharCode(...units.subarray(starts[place]!, starts[place + 1]!))
        : undefined,
  }
}
