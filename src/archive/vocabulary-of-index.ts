// What the archive really contains, counted: the terms, headlines, persons and sections that may be suggested.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { SegmentReader, Snapshot } from '../index/directory/reader.ts'
import { isLive, storedArticle } from '../schema/stored-articles.ts'
import { spellingOf } from '../suggest/spelling.ts'
import type { VocabularyEntry } from '../suggest/vocabulary.ts'
import { headlineOf } from './answer.ts'

const han = /^\p{Script=Han}{2,}$/u

/** Lexicon words of two and more characters with the number of articles that contain them. */
export function* termsOf(snapshot: Snapshot, analyzer: Analyzer): Generator<{ text: string; count: number }> {
  const counts = new Map<string, number>()
  for (const segment of snapshot.segments) {
    for (const { key, documentCount, maxImpact } of segment.keys('', '\uffff')) {
      if (maxImpact === 0 || !han.test(key) || !analyzer.isComplete(key)) continue
      counts.set(key, (counts.get(key) ?? 0) + documentCount)
    }
  }
  for (const [key, count] of counts) yield { text: spellingOf(key), count }
}

/** Persons named in bylines and sections, with the number of live articles. */
export function* columnEntries(snapshot: Snapshot): Generator<VocabularyEntry> {
  const persons = new Map<string, number>()
  const sections = new Map<string, number>()
  const count = (into: Map<string, number>, value: string) => into.set(value, (into.get(value) ?? 0) + 1)
  for (const segment of snapshot.segments) {
    const ofSections = segment.columns.texts('section')
    const ofAuthors = segment.columns.texts('author')
    for (let document = 0; document < segment.documentCount; document++) {
      if (!isLive(segment, document)) continue
      const section = ofSections.terms[ofSections.codes[document]!]!
      if (section !== '') count(sections, section)
      for (let a = ofAuthors.starts[document]!; a < ofAuthors.starts[document + 1]!; a++)
        count(persons, ofAuthors.terms[ofAuthors.codes[a]!]!)
    }
  }
  for (const [text, n] of persons) yield { text, kind: 'person', count: n }
  for (const [text, n] of sections) yield { text, kind: 'section', count: n }
}

/** Headlines, the newest articles first. */
export function* headlineEntries(snapshot: Snapshot): Generator<VocabularyEntry> {
  const places: { segment: SegmentReader; document: number; date: number }[] = []
  for (const segment of snapshot.segments) {
    const dates = segment.columns.numbers('date')
    for (let document = 0; document < segment.documentCount; document++)
      if (isLive(segment, document)) places.push({ segment, document, date: dates[document]! })
  }
  places.sort((a, b) => b.date - a.date)
  for (const place of places) {
    const article = storedArticle(place)
    if (article.headline) yield { text: headlineOf(article), kind: 'headline', count: 1, id: article.id }
  }
}
