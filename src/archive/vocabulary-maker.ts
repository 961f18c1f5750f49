// Makes the vocabulary of an index, in a thread of its own where there is one, so that nobody waits for it.
import { Worker } from 'node:worker_threads'
import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { openSnapshot } from '../index/directory/snapshot.ts'
import { nodeStorage } from '../index/directory/storage.ts'
import { fold } from '../normalize/normalize.ts'
import { createStringResolver } from '../search/string-resolver.ts'
import { createSuggester } from '../suggest/suggester.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import { toVocabularyFile, writeVocabulary } from './vocabulary-file.ts'
import { codesOf, columnEntries, headlineEntries, termsOf } from './vocabulary-of-index.ts'

/** An archive of so few articles is read by its first question, in less time than a thread takes to start. */
export const fewArticles = 3000
/** In an archive of more articles, compounds are counted by headlines alone: tens of thousands of exact counts take minutes. */
const countedArticles = 300_000

/** A suggester that reads what a snapshot holds, while it is asked or given time. */
export function suggesterOf(snapshot: Snapshot, analyzer: Analyzer): Suggester {
  const isCounted = snapshot.documentCount <= countedArticles
  return createSuggester(entriesOf(snapshot, analyzer), {
    compounds: { analyzer, ...(isCounted && { countOf: countsIn(snapshot, analyzer) }) },
  })
}

/** In how many articles a string is printed as it stands; `acrossMarks` also counts it with marks inside. */
export function countsIn(
  snapshot: Snapshot,
  analyzer: Analyzer,
  acrossMarks = false,
): (text: string) => number {
  const resolver = createStringResolver(snapshot, analyzer)
  return (text) => {
    const folded = fold(text)
    if (folded === '') return 0
    if (!acrossMarks) return resolver.count(folded)
    return resolver.resolve({ kind: 'string', forms: [folded], acrossMarks }).documentFrequency
  }
}

function* entriesOf(snapshot: Snapshot, analyzer: Analyzer) {
  for (const term of termsOf(snapshot, analyzer)) yield { ...term, kind: 'term' as const }
  for (const code of codesOf(snapshot)) yield { ...code, kind: 'term' as const }
  yield* columnEntries(snapshot)
  yield* headlineEntries(snapshot)
}

/** Makes the vocabulary of the newest commit and writes it into the index folder. Returns the bytes of the file. */
export async function makeVocabulary(directory: string, signal?: AbortSignal): Promise<Uint8Array> {
  // Run from its TypeScript source there is no compiled worker to start.
  if (!import.meta.url.endsWith('.js')) return makeHere(directory)
  const worker = new Worker(new URL('./vocabulary-worker.js', import.meta.url), {
    workerData: directory,
    // Left to itself the heap grows to gigabytes before garbage is collected; a million articles need half of this.
    resourceLimits: { maxOldGenerationSizeMb: 1200 },
  })
  const stop = () => worker.terminate()
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(signal?.reason ?? new Error('没有做成输入提示的词表')))
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** As `makeVocabulary`, in this thread and without a pause. */
export function makeHere(directory: string): Uint8Array {
  const snapshot = openSnapshot(directory)
  try {
    const bytes = toVocabularyFile(snapshot, suggesterOf(snapshot, createAnalyzer()).toBytes())
    try {
      writeVocabulary(directory, nodeStorage, bytes)
    } catch {
      // A folder that cannot be written: whoever asked has the bytes.
    }
    return bytes
  } finally {
    snapshot.close()
  }
}
