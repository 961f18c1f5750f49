// The view of a search: how the query was read, the hits in order, and what to try when there are none.
import type { ComponentChildren } from 'preact'
import { type Interpretation, interpretations, type SearchResult } from '../model/hit.ts'
import { readingLabels } from '../model/labels.ts'
import { lastPage, type SortOrder } from '../schema/search-request.ts'
import { isFiltered, refine, type SearchAddress, withoutFilters } from './address.ts'
import { renderDocument } from './document.tsx'
import { Chips, FilterPanel } from './filters.tsx'
import { HitItem } from './hit.tsx'
import { toMarked } from './marked.ts'
import { Paging } from './paging.tsx'
import type { Site } from './site.ts'
import { readingMeanings, sortNames, toCountText } from './wording.ts'

export interface ResultsProps {
  site: Site
  search: SearchAddress
  result: SearchResult
}

export function renderResults({ site, search, result }: ResultsProps): string {
  const { to } = site
  const text = search.q.trim()
  const page = search.page ?? 1
  const title = text === '' ? '全部文章' : text
  const hasNext = page < lastPage(result.groups ?? result.total, result.size)
  return renderDocument(site, {
    name: 'search',
    title: page > 1 ? `${title}（第 ${page} 页）` : title,
    description: `报上的“${text}”：${result.total} 篇。`,
    q: search.q,
    kept: search,
    skipTo: { id: 'results', text: '跳到结果' },
    head: (
      <>
        <link rel="alternate" type="application/atom+xml" title={`${title}：新稿`} href={to.feed(search)} />
        {page > 1 && <link rel="prev" href={to.search({ ...search, page: page - 1 })} />}
        {hasNext && <link rel="next" href={to.search({ ...search, page: page + 1 })} />}
      </>
    ),
    main: (
      <div class="results">
        <section id="results" class="result-list" tabIndex={-1} aria-labelledby="result-title">
          <Head site={site} search={search} result={result} />
          <Remarks site={site} search={search} result={result} />
          {result.hits.length > 0 ? (
            <ol class="hits" start={(page - 1) * result.size + 1}>
              {result.hits.map((hit, index) => (
                <HitItem
                  key={hit.id}
                  site={site}
                  hit={hit}
                  q={result.query.corrected ?? search.q}
                  place={{
                    search: { ...refine(search, {}), q: result.query.corrected ?? search.q },
                    at: (page - 1) * result.size + index + 1,
                  }}
                />
              ))}
            </ol>
          ) : (
            <Nothing site={site} search={search} result={result} />
          )}
          <Paging site={site} search={search} total={result.groups ?? result.total} size={result.size} />
          {result.total > 0 && (
            <p class="takeaway">
              全部结果：
              <a href={to.export(search, 'csv')} download="xunbao.csv">
                表格 CSV
              </a>
              <a href={to.export(search, 'jsonl')} download="xunbao.jsonl">
                JSON Lines
              </a>
              <a href={to.feed(search)}>订阅新稿</a>
            </p>
          )}
        </section>
        <FilterPanel site={site} search={search} result={result} />
      </div>
    ),
  })
}

function Head({ site, search, result }: ResultsProps) {
  const { to } = site
  const order = search.sort ?? 'relevance'
  return (
    <header class="result-head">
      <h1 id="result-title">
        {result.total === 0 ? '没有找到' : `${toCountText(result.total)} 篇`}
        {(search.page ?? 1) > 1 && <small>　第 {search.page} 页</small>}
      </h1>
      <Readings site={site} search={search} result={result} />
      {result.total > 1 && (
        <nav class="switch sort" aria-label="次序">
          {(Object.keys(sortNames) as SortOrder[]).map((sort) => (
            <a
              key={sort}
              href={to.search(refine(search, { sort }))}
              aria-current={sort === order ? 'true' : undefined}
            >
              {sortNames[sort]}
            </a>
          ))}
        </nav>
      )}
      <a class="button to-filters" href="#filters">
        筛选{isFiltered(search) && '（已用）'}
      </a>
      <Chips site={site} search={search} />
    </header>
  )
}

/** The readings of the query, each to be chosen; only where they find different things. */
function Readings({ site: { to }, search, result: { query, totals } }: ResultsProps) {
  const isPlain =
    totals.allWords !== undefined || totals.anyWords !== undefined || search.reading !== undefined
  if (search.q.trim() === '' || !isPlain) return null
  return (
    <nav class="switch readings" aria-label="读法">
      {interpretations.map((reading) => (
        <a
          key={reading}
          href={to.search(refine(search, { reading, strict: undefined }))}
          title={readingMeanings[reading]}
          aria-current={reading === query.interpretation ? 'true' : undefined}
          rel="nofollow"
        >
          {readingLabels[reading]}
          {countOf(totals, reading)}
        </a>
      ))}
    </nav>
  )
}

function countOf(totals: SearchResult['totals'], reading: Interpretation): string {
  const count = totals[reading]
  return count === undefined ? '' : ` ${toCountText(count)}`
}

/** What was done to the query, in one quiet line; and what of it could not be read. */
function Remarks({ site: { to }, search, result }: ResultsProps) {
  const { corrected, corrections = [], problems, related = [], text } = result.query
  const offered = corrections.filter((one) => one !== corrected && one !== text).slice(0, 5)
  const said: ComponentChildren[] = []
  if (corrected !== undefined)
    said.push(
      <span>
        没有找到“{text}”，下面是“<a href={to.query(corrected)}>{corrected}</a>”的结果。
      </span>,
    )
  if (offered.length > 0)
    said.push(
      <span>
        您是不是要找：
        {offered.map((one) => (
          <a key={one} class="correction" href={to.search(refine(search, { q: one }))}>
            {one}
          </a>
        ))}
      </span>,
    )
  if (related.length > 0)
    said.push(
      <span>
        也查了：
        {related.map((one) => (
          <a key={one.text} class="correction" href={to.search(refine(search, { q: one.text }))}>
            {one.text}（{toCountText(one.count)} 篇）
          </a>
        ))}
      </span>,
    )
  // Said above already, with a link.
  for (const notice of result.notices)
    if (corrected === undefined || !notice.includes(`“${corrected}”`)) said.push(<span>{notice}</span>)
  return (
    <>
      {said.length > 0 && <p class="remark">{said}</p>}
      {problems.map((problem) => {
        // The place is marked in the query as typed, as a printer would mark a proof.
        const isPlaced = problem.end > problem.start && problem.end <= text.length
        return (
          <p key={`${problem.start} ${problem.message}`} class="remark problem">
            {problem.message}
            {isPlaced && <code>{toMarked(text, [[problem.start, problem.end]])}</code>}
          </p>
        )
      })}
    </>
  )
}

function Nothing({ site: { to }, search, result }: ResultsProps) {
  if (result.total > 0)
    return (
      <div class="state">
        <p>
          只有 {toCountText(result.total)} 篇，没有第 {search.page} 页。
        </p>
        <p>
          <a href={to.search(refine(search, {}))}>回到第一页</a>
        </p>
      </div>
    )
  const text = search.q.trim()
  return (
    <div class="state">
      <p>{text === '' ? '没有文章。' : `报上没有“${text}”。`}</p>
      <ul>
        {isFiltered(search) && (
          <li>
            <a href={to.search(withoutFilters(search))}>去掉筛选再查</a>
          </li>
        )}
        {(search.strict === true || search.reading === 'exact') && (
          <li>
            <a href={to.search(refine(search, { strict: undefined, reading: undefined }))}>放宽读法再查</a>
          </li>
        )}
        <li>换一个说法，或少写几个字</li>
        <li>
          <a href={to.help}>看看怎样查</a>
        </li>
      </ul>
    </div>
  )
}
