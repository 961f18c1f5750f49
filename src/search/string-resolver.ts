// Finds searched strings in all segments of a snapshot, each once a query, and knows their weights.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { PostingList, SegmentReader, Snapshot } from '../index/directory/reader.ts'
import type { ItemType } from '../model/item.ts'
import { isLatinUnit } from '../normalize/normalize.ts'
import type { Scope, StringPlan } from '../query/plan.ts'
import { fieldCount, fieldGains, fieldIndex, quantizeImpact, saturate, termWeight } from '../schema/bm25f.ts'
import { boundaryCount, fieldLengths, indexSignature } from '../schema/index-document.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { findAcrossMarks } from './across-marks.ts'
import { createListLeaf, createMatchedLeaf, type Leaf } from './leaf.ts'
import { findString, type StringPositions } from './string-positions.ts'
import { type StringSpans, unitePositions } from './string-spans.ts'

/** A string as found: its leaf in each segment (null where it is not contained) and its weight. */
export interface ResolvedString {
  leaves: (Leaf | null)[]
  documentFrequency: number
  weight: number
}

/** First field and first field no longer meant, in the order of `fieldNames`. */
const scopeFields: Record<Scope, readonly [from: number, to: number]> = {
  title: [fieldIndex('headline'), fieldIndex('subheading')],
  author: [fieldIndex('author'), fieldCount],
}

export interface StringResolver {
  resolve(plan: StringPlan): ResolvedString
  /** Documents that contain a string anywhere, deleted ones included: `resolve` without what scoring needs. */
  count(form: string): number
  /** Places of a string in some documents of the i-th segment, in any of its forms, restricted to the plan's scope. */
  spans(index: number, plan: StringPlan, within: Uint32Array): StringSpans
}

export function createStringResolver(snapshot: Snapshot, analyzer: Analyzer): StringResolver {
  const signature = indexSignature(analyzer)
  const documentCount = snapshot.segments.reduce((sum, segment) => sum + segment.documentCount, 0)
  const resolved = new Map<string, ResolvedString>()
  /** Words inside longer strings, by the string: the same for every segment. */
  const insideWords = new Map<string, string[]>()

  /** The list that answers for a string by itself: the key's impacts are there and it lists every container. */
  function completeList(segment: SegmentReader, text: string): PostingList | null | undefined {
    if (text.length === 1) return segment.postings(text)
    if (segment.signature !== signature || !analyzer.isComplete(text)) return undefined
    const list = segment.postings(text)
    return list === null || list.maxImpact > 0 ? list : undefined
  }

  function positions(
    segment: SegmentReader,
    form: string,
    scope: Scope | undefined,
    within?: Uint32Array,
  ): StringPositions {
    const containedWords = containedLists(segment, form)
    const found = findString(segment, form, { containedWords, ...(within && { within }) })
    return scope ? restrict(segment, found, scopeFields[scope]) : found
  }

  /** Lists of words inside a longer string: rarer than its grams, they narrow the search for it. */
  function containedLists(segment: SegmentReader, text: string): PostingList[] {
    if (text.length < 4 || segment.signature !== signature) return []
    let words = insideWords.get(text)
    if (words === undefined) {
      words = analyzer
        .cut(text)
        .map((word) => word.text)
        .filter((word) => word.length >= 3 && word !== text && analyzer.isComplete(word))
      insideWords.set(text, words)
    }
    return words.flatMap((word) => segment.postings(word) ?? [])
  }

  /** The form where marks stand inside it. */
  function partedLeaf(segment: SegmentReader, form: string, scope: Scope | undefined): Leaf | null {
    const parted = findAcrossMarks(segment, form)
    const found = parted && scope ? restrict(segment, parted, scopeFields[scope]) : parted
    if (!found || found.documents.length === 0) return null
    return createMatchedLeaf(found.documents, impactsOf(segment, found))
  }

  function leafOf(segment: SegmentReader, form: string, scope: Scope | undefined): Leaf | null {
    if (!scope) {
      const list = completeList(segment, form)
      if (list === null) return null
      if (list) return createListLeaf(list)
    }
    const found = positions(segment, form, scope)
    if (found.documents.length === 0) return null
    return createMatchedLeaf(found.documents, impactsOf(segment, found, isLatin(form) ? form : undefined))
  }

  return {
    count: (form) =>
      snapshot.segments.reduce((sum, segment) => {
        const list = completeList(segment, form)
        if (list !== undefined) return sum + (list?.documentCount ?? 0)
        return sum + positions(segment, form, undefined).documents.length
      }, 0),
    spans: (index, { forms, scope }, within) =>
      unitePositions(
        forms.map((form) => ({
          length: form.length,
          found: positions(snapshot.segments[index]!, form, scope, within),
        })),
      ),
    resolve({ forms, scope, acrossMarks }) {
      const key = `${scope ?? ''}${acrossMarks ? '"' : ''}\n${forms.join('\n')}`
      const known = resolved.get(key)
      if (known) return known
      const leaves = snapshot.segments.map((segment) => {
        const found = forms
          .flatMap((form) => [
            leafOf(segment, form, scope),
            acrossMarks ? partedLeaf(segment, form, scope) : null,
          ])
          .filter((leaf) => leaf !== null)
        if (found.length > fewForms) return anyForm(found, segment.documentCount)
        return found.length <= 1 ? (found[0] ?? null) : found.reduce(eitherForm)
      })
      const documentFrequency = leaves.reduce((sum, leaf) => sum + (leaf?.documentCount ?? 0), 0)
      const string = { leaves, documentFrequency, weight: termWeight(documentCount, documentFrequency) }
      resolved.set(key, string)
      return string
    },
  }
}

/** Forms from which on a table of all documents is faster than uniting one by one. */
const fewForms = 4

/** As `eitherForm`, for many forms. */
function anyForm(leaves: readonly Leaf[], documentCount: number): Leaf {
  const best = new Uint8Array(documentCount)
  for (const leaf of leaves) {
    const { count, documents, scores } = leaf.materialize(1)
    for (let i = 0; i < count; i++) best[documents[i]!] = Math.max(best[documents[i]!]!, scores[i]!)
  }
  const documents = new Uint32Array(documentCount)
  let count = 0
  for (let document = 0; document < documentCount; document++)
    if (best[document]! > 0) documents[count++] = document
  const found = documents.slice(0, count)
  return createMatchedLeaf(
    found,
    Uint8Array.from(found, (document) => best[document]!),
  )
}

/** A document that holds two equal forms is scored by the better one. */
function eitherForm(a: Leaf, b: Leaf): Leaf {
  const x = a.materialize(1)
  const y = b.materialize(1)
  const documents = new Uint32Array(x.count + y.count)
  const impacts = new Uint8Array(x.count + y.count)
  let count = 0
  for (let i = 0, j = 0; i < x.count || j < y.count; count++) {
    const left = i < x.count ? x.documents[i]! : 0xffffffff
    const right = j < y.count ? y.documents[j]! : 0xffffffff
    documents[count] = Math.min(left, right)
    let impact = 0
    if (left <= right) impact = x.scores[i++]!
    if (right <= left) impact = Math.max(impact, y.scores[j++]!)
    impacts[count] = impact
  }
  return createMatchedLeaf(documents.subarray(0, count), impacts.subarray(0, count))
}

function restrict(
  segment: SegmentReader,
  found: StringPositions,
  [fromField, toField]: readonly [number, number],
): StringPositions {
  const { boundaries, textLength } = segment.columns
  const documents: number[] = []
  const starts: number[] = [0]
  const positions: number[] = []
  for (let i = 0; i < found.documents.length; i++) {
    const document = found.documents[i]!
    const first = document * boundaryCount
    const from = fromField === 0 ? 0 : boundaries[first + fromField - 1]!
    const to = toField === fieldCount ? textLength[document]! : boundaries[first + toField - 1]!
    for (let p = found.starts[i]!; p < found.starts[i + 1]!; p++) {
      const position = found.positions[p]!
      if (position >= from && position < to) positions.push(position)
    }
    if (positions.length > starts.at(-1)!) {
      documents.push(document)
      starts.push(positions.length)
    }
  }
  return {
    documents: Uint32Array.from(documents),
    starts: Uint32Array.from(starts),
    positions: Uint32Array.from(positions),
  }
}

const fieldEnds = new Float64Array(fieldCount)
const lengths = new Float64Array(fieldCount)
const gains = new Float64Array(fieldCount)

function isLatin(form: string): boolean {
  for (let i = 0; i < form.length; i++) if (!isLatinUnit(form.charCodeAt(i))) return false
  return true
}

/**
 * Impacts of a string that is no complete key, by the formula that indexing uses for keys. Every occurrence counts in
 * full, but letters inside longer Latin words do not: `whole` is the key of whole words, if there is one.
 */
function impactsOf(segment: SegmentReader, found: StringPositions, whole?: string): Uint8Array {
  const words = whole === undefined ? null : segment.postings(whole)
  const isWord = words?.maxImpact ? words : null
  const wordDocuments = new Uint32Array(isWord?.documentCount ?? 0)
  const wordImpacts = new Uint8Array(isWord?.documentCount ?? 0)
  const wordCount = isWord?.decodeAllDocuments(wordDocuments) ?? 0
  isWord?.decodeAllImpacts(wordImpacts)
  let word = 0
  const { boundaries, textLength } = segment.columns
  const types = segment.columns.texts('type')
  const impacts = new Uint8Array(found.documents.length)
  for (let i = 0; i < impacts.length; i++) {
    const document = found.documents[i]!
    for (let field = 0; field < boundaryCount; field++)
      fieldEnds[field] = boundaries[document * boundaryCount + field]!
    fieldEnds[boundaryCount] = textLength[document]!
    fieldLengths(fieldEnds, lengths)
    fieldGains(lengths, gains)
    let frequency = 0
    let field = 0
    for (let p = found.starts[i]!; p < found.starts[i + 1]!; p++) {
      const position = found.positions[p]!
      while (field < fieldCount - 1 && position >= fieldEnds[field]!) field++
      frequency += gains[field]!
    }
    const full = saturate(frequency, types.terms[types.codes[document]!]! as ItemType)
    const impact = quantizeImpact(whole === undefined ? full : full * rankingParameters.insideLatinWord)
    while (word < wordCount && wordDocuments[word]! < document) word++
    const ofWord = word < wordCount && wordDocuments[word] === document ? wordImpacts[word]! : 0
    impacts[i] = Math.max(impact, ofWord)
  }
  return impacts
}
