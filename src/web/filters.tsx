// The filters of a result: what is chosen as chips above it, and a panel of what else could be, all of them links.
import type { FacetValue, SearchResult } from '../model/hit.ts'
import { isFiltered, type ListFilter, refine, type SearchAddress, withoutFilters } from './address.ts'
import { KeptFilters } from './document.tsx'
import { Histogram } from './histogram.tsx'
import type { Site } from './site.ts'
import { periodsAround } from './timeline.ts'
import { toCountText, toDayText, toFacetText, toPeriodText, toSpanText } from './wording.ts'

interface FilterProps {
  site: Site
  search: SearchAddress
  result: SearchResult
}

/** Values shown before 更多. */
const shortList = 6
/** Values that are shown at most; a longer list is better narrowed by the query. */
const longList = 60
const groups = [
  { name: 'type', title: '体裁' },
  { name: 'paper', title: '报纸' },
  { name: 'section', title: '栏目' },
  { name: 'author', title: '作者' },
  { name: 'tag', title: '标签' },
  { name: 'pageNo', title: '版次' },
] as const satisfies readonly { name: ListFilter; title: string }[]

/** What narrows the result now, each with a way to take it away. */
export function Chips({ site: { to }, search }: Omit<FilterProps, 'result'>) {
  if (!isFiltered(search)) return null
  const chips: { text: string; without: SearchAddress }[] = []
  for (const { name } of groups)
    for (const value of chosenOf(search, name))
      chips.push({ text: toFacetText(name, value), without: refine(search, toggled(search, name, value)) })
  if (search.from !== undefined || search.to !== undefined) {
    const { from = '', to: until = '' } = search
    const period = periodsAround(search.from, search.to).at(-1)
    const text =
      period !== undefined
        ? toPeriodText(period)
        : from !== '' && until !== ''
          ? toSpanText(from, until)
          : from !== ''
            ? `${toDayText(from)}起`
            : `${toDayText(until)}止`
    chips.push({ text, without: refine(search, { from: undefined, to: undefined }) })
  }
  return (
    <nav class="chips" aria-label="已选的筛选">
      <ul>
        {chips.map(({ text, without }) => (
          <li key={text}>
            <a class="chip" href={to.search(without)} aria-label={`去掉筛选：${text}`}>
              {text} <span aria-hidden="true">✕</span>
            </a>
          </li>
        ))}
        <li>
          <a class="chip-clear" href={to.search(withoutFilters(search))}>
            清除
          </a>
        </li>
      </ul>
    </nav>
  )
}

function chosenOf(search: SearchAddress, name: ListFilter): string[] {
  return (search[name] ?? []).map(String)
}

function toggled(search: SearchAddress, name: ListFilter, value: string) {
  const chosen = chosenOf(search, name)
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
  if (next.length === 0) return { [name]: undefined }
  return { [name]: name === 'pageNo' ? next.map(Number) : next }
}

/** Behind the results in the order of the page; on a narrow screen it opens over them. */
export function FilterPanel({ site, search, result }: FilterProps) {
  const { to } = site
  return (
    <aside id="filters" class="filters" aria-label="筛选">
      <p class="filters-head">
        <strong>筛选</strong>
        <a href="#results">看 {toCountText(result.total)} 篇</a>
      </p>
      <Histogram site={site} search={search} result={result} />
      {groups.map(({ name, title }) => (
        <Choices
          key={name}
          site={site}
          title={title}
          name={name}
          values={result.facets[name]}
          chosen={chosenOf(search, name)}
          hrefOf={(value) => to.search(refine(search, toggled(search, name, value)))}
        />
      ))}
      <form class="days" action={to.home} method="get">
        <h2 id="days-title">日期</h2>
        <input type="hidden" name="q" value={search.q} />
        <KeptFilters search={search} without={['from', 'to']} />
        <label>
          <span>从</span>
          <input type="date" name="from" value={search.from} min="1800-01-01" max="2999-12-31" />
        </label>
        <label>
          <span>到</span>
          <input type="date" name="to" value={search.to} min="1800-01-01" max="2999-12-31" />
        </label>
        <button type="submit">按日期筛选</button>
      </form>
    </aside>
  )
}

interface ChoicesProps {
  site: Site
  title: string
  name: ListFilter
  values: readonly FacetValue[]
  chosen: readonly string[]
  hrefOf: (value: string) => string
}

function Choices({ title, name, values, chosen, hrefOf }: ChoicesProps) {
  // What was chosen stays in sight and can be taken back, even where it leaves nothing.
  const absent = chosen.filter((value) => values.every((one) => one.value !== value))
  const all = [
    ...absent.map((value) => ({ value, count: 0 })),
    ...values.filter(({ value }) => chosen.includes(value)),
    ...values.filter(({ value }) => !chosen.includes(value)),
  ]
  if (all.length === 0 || (all.length === 1 && chosen.length === 0)) return null
  const inSight = Math.max(shortList, chosen.length)
  const toItem = ({ value, count }: FacetValue) => {
    const isChosen = chosen.includes(value)
    const text = toFacetText(name, value)
    return (
      <li key={value}>
        <a
          class={isChosen ? 'choice choice-on' : 'choice'}
          href={`${hrefOf(value)}#filters`}
          rel="nofollow"
          aria-label={`${isChosen ? '去掉筛选' : '筛选'}：${text}，${toCountText(count)} 篇`}
        >
          <span class="choice-text">{text}</span>
          <span class="count">{toCountText(count)}</span>
        </a>
      </li>
    )
  }
  return (
    <section class="choices" aria-label={title}>
      <h2>{title}</h2>
      <ul>{all.slice(0, inSight).map(toItem)}</ul>
      {all.length > inSight && (
        <details>
          <summary>更多（{Math.min(all.length, longList) - inSight}）</summary>
          <ul>{all.slice(inSight, longList).map(toItem)}</ul>
        </details>
      )}
    </section>
  )
}
