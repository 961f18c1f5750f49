// Answers a search whoever keeps the articles: the reading, the corrections, the hits as they are shown.
import type { Hit, IdsResult, SearchResult } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import { isPlainText, longestQuery, readQuery } from '../query/read-query.ts'
import type { Outcome } from '../schema/outcome.ts'
import type { CheckedRequest } from '../schema/search-request.ts'

/** What answering asks of those who keep the articles. */
export interface Searching<Found extends Outcome> {
  run(query: ParsedQuery, request: CheckedRequest): Promise<Found>
  /** What may have been meant instead, best first; null while that is not known yet. */
  corrections(query: ParsedQuery): Promise<string[] | null> | string[] | null
  /** The editor's synonyms of a plain text that are printed more often, most first. */
  related(text: string): Promise<{ text: string; count: number }[]> | { text: string; count: number }[]
  hits(found: Found): Promise<Hit[]> | Hit[]
  ids(found: Found): IdsResult['hits']
}

/** With fewer exact hits the corrector is asked whether something else was meant; it leaves terms alone. */
const fewHits = 50

/** Runs a checked request; `startedAt` is when it came, as performance.now() tells. */
export async function answerSearch<Found extends Outcome>(
  checked: CheckedRequest,
  searching: Searching<Found>,
  startedAt: number,
): Promise<SearchResult | IdsResult> {
  const typed = readQuery(checked.q)
  let query = typed
  let outcome = await searching.run(query, checked)
  // Offers are for readers; a program that asks for ids gets them only when they are needed to find anything.
  const wanted =
    checked.view === 'full'
      ? outcome.totals.exact < fewHits
      : outcome.total === 0 && checked.reading === undefined
  const known = wanted ? await searching.corrections(typed) : []
  const corrections = known ?? []
  if (known === null) outcome.notices.push('输入提示和纠错还在准备，过一会儿再查会更全')
  let corrected: string | undefined
  if (outcome.total === 0 && checked.reading === undefined && isPlainText(typed.tree)) {
    for (const text of corrections) {
      const other = readQuery(text)
      const found = await searching.run(other, checked)
      if (found.total === 0) continue
      query = other
      outcome = found
      corrected = text
      outcome.notices.push(`没有找到“${typed.text}”，改为查找“${text}”`)
      break
    }
  }
  const related =
    checked.view === 'full' && isPlainText(query.tree) ? await searching.related(query.text) : []
  const head = {
    query: {
      text: typed.text,
      interpretation: outcome.interpretation,
      normalized: normalize(typed.text.slice(0, longestQuery)).text,
      problems: [...typed.problems, ...outcome.problems],
      ...(corrections.length > 0 && { corrections }),
      ...(corrected !== undefined && { corrected }),
      ...(related.length > 0 && { related }),
    },
    total: outcome.total,
    totals: outcome.totals,
    page: checked.page,
    size: checked.size,
    ...(outcome.groups !== null && { groups: outcome.groups }),
    notices: outcome.notices,
  }
  if (checked.view === 'ids')
    return { ...head, hits: searching.ids(outcome), tookMs: performance.now() - startedAt }
  return {
    ...head,
    hits: await searching.hits(outcome),
    facets: outcome.facets!,
    histogram: outcome.histogram!,
    ...(outcome.days && { days: outcome.days }),
    tookMs: performance.now() - startedAt,
  }
}

/** Of an editor's synonyms those printed more often than what was typed, most first. */
export function moreOften(
  typed: number,
  synonyms: readonly { text: string; count: number }[],
): { text: string; count: number }[] {
  return synonyms.filter(({ count }) => count > typed).sort((a, b) => b.count - a.count)
}
