// One immutable segment, open for reading: columns and the sparse index of keys in memory, the rest on demand.
import { ByteReader } from '../codec/bytes.ts'
import { readDocValues } from '../columns/doc-values.ts'
import type { PageCache } from '../directory/page-cache.ts'
import type { DocumentSet, PostingList, SegmentReader } from '../directory/reader.ts'
import type { Storage } from '../directory/storage.ts'
import { openPostingList } from '../postings/posting-list.ts'
import type { DocStore } from '../store/doc-store.ts'
import { openDocStore } from '../store/doc-store.ts'
import type { IdFile } from '../store/id-file.ts'
import { openIdFile } from '../store/id-file.ts'
import type { TermDictionary } from '../terms/term-dictionary.ts'
import { openTermDictionary } from '../terms/term-dictionary.ts'
import { contains } from './deletions.ts'
import type { SegmentFile } from './segment-file.ts'
import { openSegmentFile } from './segment-file.ts'

/** A segment with the parts that merge and check need besides. */
export interface OpenSegment extends SegmentReader {
  readonly file: SegmentFile
  readonly dictionary: TermDictionary
  readonly ids: IdFile
  readonly storedFile: DocStore
  readonly keyCount: number
  readonly boundaryCount: number
  fingerprints(): Uint32Array
  /** The same file with another deletion set; closing either closes both. */
  withDeleted(deleted: DocumentSet | null): OpenSegment
  close(): void
}

/** Lists kept open: their skip tables need not be read again for the next query. */
const openLists = 4096

/** Throws INDEX_FORMAT, INDEX_CORRUPT or STORAGE. */
export function openSegment(
  storage: Storage,
  directory: string,
  name: string,
  cache: PageCache,
  deletions: (documentCount: number) => DocumentSet | null,
): OpenSegment {
  const file = openSegmentFile(storage, directory, name, cache)
  let section: 'meta' | 'columns' | 'key-index' | 'stored-index' = 'meta'
  try {
    const meta = new ByteReader(file.readAll('meta'))
    const documentCount = meta.varint()
    const boundaryCount = meta.varint()
    const keyCount = meta.varint()
    const signature = meta.string()
    section = 'columns'
    const columns = readDocValues(file.readAll('columns'), documentCount, boundaryCount, file.version)
    section = 'key-index'
    const dictionary = openTermDictionary(file)
    section = 'stored-index'
    const storedFile = openDocStore(file)
    const ids = openIdFile(file, documentCount)
    const lists = new Map<string, PostingList | null>()

    function postings(key: string): PostingList | null {
      let list = lists.get(key)
      if (list === undefined) {
        const record = dictionary.find(key)
        list = record && openPostingList(file, record, columns.textLength)
        if (lists.size >= openLists)
          for (const oldest of lists.keys()) {
            lists.delete(oldest)
            break
          }
      } else {
        lists.delete(key)
      }
      lists.set(key, list)
      return list
    }

    function* keys(from: string, to: string) {
      for (const record of dictionary.from(from)) {
        if (record.key >= to) return
        yield record
      }
    }

    const view = (deleted: DocumentSet | null): OpenSegment => ({
      name,
      documentCount,
      liveCount: documentCount - (deleted?.count ?? 0),
      deleted,
      signature,
      columns,
      file,
      dictionary,
      ids,
      storedFile,
      keyCount,
      boundaryCount,
      postings,
      keys,
      documentOf(id) {
        for (const document of ids.documentsOf(id)) if (!contains(deleted, document)) return document
        return -1
      },
      idOf: ids.idOf,
      idRanks: ids.ranks,
      idsBefore: ids.idsBefore,
      stored: storedFile.stored,
      fingerprints() {
        const reader = new ByteReader(file.readAll('fingerprints'))
        const values = new Uint32Array(documentCount)
        for (let d = 0; d < documentCount; d++) values[d] = reader.uint32()
        return values
      },
      withDeleted: view,
      close: file.close,
    })
    return view(deletions(documentCount))
  } catch (error) {
    file.close()
    if (error instanceof RangeError) throw file.fault(section, 0, '内容不完整')
    throw error
  }
}
