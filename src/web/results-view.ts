// The view of a search: how the query was read, the hits in order, and what to try when there are none.
import type { SearchResult } from '../model/hit.ts'
import type { SortOrder } from '../schema/search-request.ts'
import { hrefs, isFiltered, type SearchAddress, toSearchQuery, withoutFilters } from './address.ts'
import { api, type PagedResult } from './api.ts'
import { element } from './dom.ts'
import { toFilters } from './filters.ts'
import { toHitItem } from './hits.ts'
import { toNodes } from './marked-text.ts'
import { toPaging } from './paging.ts'
import type { Shown, ViewContext } from './view.ts'
import { readingMeanings, readingNames, sortNames, toCountText } from './wording.ts'

/** Going back shows at once what was there; a search asked for anew is asked again. */
const kept = new Map<string, PagedResult>()
const mostKept = 24

async function findResult(query: string, signal: AbortSignal): Promise<PagedResult> {
  const known = kept.get(query)
  if (known !== undefined) return known
  const result = await api.search(query, signal)
  kept.set(query, result)
  const oldest = kept.keys().next().value
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  // Ten minutes: long enough to read an article and come back, short enough to see a new paper.
  window.setTimeout(() => kept.delete(query), 600_000)
  return result
}

export async function showResults(search: SearchAddress, context: ViewContext): Promise<Shown> {
  const result = await findResult(toSearchQuery(search), context.signal)
  const text = search.q.trim()
  context.say(result.total === 0 ? '没有找到' : `找到 ${result.total} 篇`)
  return {
    title: `${text === '' ? '全部文章' : text} - 寻报`,
    q: search.q,
    nodes: [
      element(
        'div',
        { class: 'results' },
        toFilters(search, result, context.go),
        element(
          'section',
          { class: 'result-list', 'aria-labelledby': 'result-title' },
          toHead(search, result, context.go),
          ...toRemarks(search, result),
          result.hits.length > 0
            ? element(
                'ol',
                { class: 'hits' },
                ...result.hits.map((hit) => toHitItem(hit, result.query.corrected ?? search.q)),
              )
            : toNothing(search, result),
          toPaging(search, result),
          result.total > 0 && toTakeaway(search),
        ),
      ),
    ],
  }
}

function toHead(search: SearchAddress, result: SearchResult, go: (href: string) => void): HTMLElement {
  const { interpretation } = result.query
  const { exact, allWords, anyWords } = result.totals
  const counts = [
    ['exact', exact],
    ['allWords', allWords],
    ['anyWords', anyWords],
  ] as const
  const others = counts.filter(([name, count]) => count !== undefined && name !== interpretation)
  const sort = element('select', { name: 'sort', 'data-key': 'sort' })
  for (const order of Object.keys(sortNames) as SortOrder[])
    sort.append(element('option', { value: order, selected: order === search.sort }, sortNames[order]))
  sort.addEventListener('change', () =>
    go(hrefs.search({ ...search, sort: sort.value as SortOrder, page: 1 })),
  )
  return element(
    'header',
    { class: 'result-head' },
    element(
      'h1',
      { id: 'result-title', tabindex: -1 },
      result.total === 0 ? '没有找到' : `${toCountText(result.total)} 篇`,
      search.page > 1 && element('small', {}, `　第 ${search.page} 页`),
    ),
    search.q.trim() !== '' &&
      result.total > 0 &&
      element(
        'p',
        { class: 'reading' },
        element('strong', { title: readingMeanings[interpretation] }, readingNames[interpretation]),
        ...others.map(([name, count]) =>
          element(
            'span',
            { title: readingMeanings[name] },
            `${readingNames[name]} ${toCountText(count ?? 0)}`,
          ),
        ),
      ),
    result.total > 1 && element('label', { class: 'sort' }, element('span', {}, '次序'), sort),
  )
}

/** What was done to the query: corrected, repaired, widened; and what may have been meant. */
function toRemarks(search: SearchAddress, result: SearchResult): HTMLElement[] {
  const { corrected, corrections = [], problems, related = [], text } = result.query
  const remarks: HTMLElement[] = []
  if (corrected !== undefined)
    remarks.push(
      element(
        'p',
        { class: 'remark' },
        `没有找到“${text}”，下面是“`,
        element('a', { href: hrefs.query(corrected) }, corrected),
        '”的结果。',
      ),
    )
  const offered = corrections.filter((one) => one !== corrected && one !== text)
  if (offered.length > 0)
    remarks.push(
      element(
        'p',
        { class: 'remark' },
        '您是不是要找：',
        ...offered
          .slice(0, 5)
          .map((one) =>
            element('a', { class: 'correction', href: hrefs.search({ ...search, q: one, page: 1 }) }, one),
          ),
      ),
    )
  if (related.length > 0)
    remarks.push(
      element(
        'p',
        { class: 'remark' },
        '也查了更常见的写法：',
        ...related.map(({ text, count }) =>
          element(
            'a',
            { class: 'correction', href: hrefs.search({ ...search, q: text, page: 1 }) },
            `${text}（${toCountText(count)} 篇）`,
          ),
        ),
      ),
    )
  for (const notice of result.notices) {
    // Said above already, with a link.
    const isRepeated = corrected !== undefined && notice.includes(`“${corrected}”`)
    if (!isRepeated) remarks.push(element('p', { class: 'remark' }, notice))
  }
  for (const problem of problems) {
    // The place is marked in the query as typed, as a printer would mark a proof.
    const isPlaced = problem.end > problem.start && problem.end <= text.length
    remarks.push(
      element(
        'p',
        { class: 'remark problem' },
        problem.message,
        isPlaced && element('code', {}, ...toNodes(text, [[problem.start, problem.end]])),
      ),
    )
  }
  return remarks
}

function toNothing(search: SearchAddress, result: SearchResult): HTMLElement {
  if (result.total > 0)
    return element(
      'div',
      { class: 'state' },
      element('p', {}, `只有 ${toCountText(result.total)} 篇，没有第 ${search.page} 页。`),
      element('p', {}, element('a', { href: hrefs.search({ ...search, page: 1 }) }, '回到第一页')),
    )
  return element(
    'div',
    { class: 'state' },
    element('p', {}, search.q.trim() === '' ? '没有文章。' : `报上没有“${search.q.trim()}”。`),
    element(
      'ul',
      {},
      isFiltered(search) &&
        element('li', {}, element('a', { href: hrefs.search(withoutFilters(search)) }, '去掉筛选再查')),
      search.strict &&
        element(
          'li',
          {},
          element('a', { href: hrefs.search({ ...search, strict: false, page: 1 }) }, '放宽读法再查'),
        ),
      element('li', {}, '换一个说法，或少写几个字'),
      element('li', {}, element('a', { href: 'help' }, '看看怎样查')),
    ),
  )
}

function toTakeaway(search: SearchAddress): HTMLElement {
  const query = toSearchQuery({ ...search, page: 1 })
  return element(
    'p',
    { class: 'takeaway' },
    '全部结果：',
    element('a', { href: `api/export?${query}&format=csv`, download: 'xunbao.csv' }, '表格 CSV'),
    element('a', { href: `api/export?${query}&format=jsonl`, download: 'xunbao.jsonl' }, 'JSON Lines'),
    element('a', { href: `feed.xml?${query}`, 'data-plain': '' }, '订阅新稿'),
  )
}
