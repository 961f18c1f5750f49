// What the archive really contains, counted: the terms, headlines, persons and sections that may be suggested.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { headlineOf } from '../answer/hits.ts'
import type { SegmentReader, Snapshot } from '../index/directory/reader.ts'
import { normalize } from '../normalize/normalize.ts'
import { isLive, storedArticle } from '../schema/stored-articles.ts'
import { codeEntry, isCode, isTerm, mostHeadlines } from '../suggest/entries.ts'
import { spellingOf } from '../suggest/spelling.ts'
import type { VocabularyEntry } from '../suggest/vocabulary.ts'

/** Lexicon words of two and more characters with the number of articles that contain them. */
export function* termsOf(snapshot: Snapshot, analyzer: Analyzer): Generator<{ text: string; count: number }> {
  const counts = new Map<string, number>()
  for (const segment of snapshot.segments) {
    for (const { key, documentCount, maxImpact } of segment.keys('', '\uffff')) {
      if (maxImpact === 0 || !isTerm(key, analyzer)) continue
      counts.set(key, (counts.get(key) ?? 0) + documentCount)
    }
  }
  for (const [key, count] of counts) yield { text: spellingOf(key), count }
}

/** Codes and Latin words as they are printed (C919, GDP), and years (2019年), with the number of articles. */
export function* codesOf(snapshot: Snapshot): Generator<{ text: string; count: number }> {
  const counts = new Map<string, number>()
  for (const segment of snapshot.segments)
    for (const [from, to] of [
      ['0', ':'],
      ['a', '{'],
    ] as const)
      for (const { key, documentCount, maxImpact } of segment.keys(from, to))
        if (maxImpact > 0 && isCode(key)) counts.set(key, (counts.get(key) ?? 0) + documentCount)
  for (const [key, count] of counts) {
    const entry = codeEntry(key, count, () => printedForm(snapshot, key))
    if (entry) yield entry
  }
}

/** The spelling of the first article that has it. */
function printedForm(snapshot: Snapshot, key: string): string {
  const first = new Uint32Array(128)
  for (const segment of snapshot.segments) {
    const list = segment.postings(key)
    if (!list) continue
    list.decodeDocuments(0, first)
    const article = storedArticle({ segment, document: first[0]! })
    const { printed, text, starts, ends } = normalize(
      [article.headline ?? '', ...article.paragraphs].join('\n'),
    )
    const place = new RegExp(`(?<![a-z0-9])${key}(?![a-z0-9])`).exec(text)
    if (place) return printed.slice(starts[place.index]!, ends[place.index + key.length - 1]!)
  }
  return key
}

/** Persons named in bylines, papers and sections, with the number of live articles. */
export function* columnEntries(snapshot: Snapshot): Generator<VocabularyEntry> {
  for (const [column, kind] of [
    ['author', 'person'],
    ['paper', 'paper'],
    ['section', 'section'],
  ] as const) {
    const counts = new Map<string, number>()
    for (const segment of snapshot.segments) {
      const { terms, codes, starts } = segment.columns.texts(column)
      for (let document = 0; document < segment.documentCount; document++) {
        if (!isLive(segment, document)) continue
        for (let i = starts[document]!; i < starts[document + 1]!; i++) {
          const text = terms[codes[i]!]!
          if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
        }
      }
    }
    for (const [text, count] of counts) yield { text, kind, count }
  }
}

/** Headlines, the newest articles first. */
export function* headlineEntries(snapshot: Snapshot): Generator<VocabularyEntry> {
  const places: { segment: SegmentReader; document: number; date: number }[] = []
  for (const segment of snapshot.segments) {
    const dates = segment.columns.numbers('date')
    for (let document = 0; document < segment.documentCount; document++)
      if (isLive(segment, document)) places.push({ segment, document, date: dates[document]! })
  }
  const newest = new Set([...places].sort((a, b) => b.date - a.date).slice(0, mostHeadlines))
  // Read in the order in which they lie: read by date, a block of articles would be unpacked for each of them.
  const read: { entry: VocabularyEntry; date: number }[] = []
  for (const place of places) {
    if (!newest.has(place)) continue
    const article = storedArticle(place)
    if (!article.headline) continue
    const entry = { text: headlineOf(article), kind: 'headline', count: 1, id: article.id } as const
    read.push({ entry, date: place.date })
  }
  for (const { entry } of read.sort((a, b) => b.date - a.date)) yield entry
}
