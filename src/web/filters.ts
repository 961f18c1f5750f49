// The filters beside a result: kinds, papers, sections, authors, years and days, with what each would leave.
import type { FacetValue, SearchResult } from '../model/hit.ts'
import type { ItemType } from '../model/item.ts'
import { hrefs, isFiltered, type SearchAddress, withoutFilters } from './address.ts'
import { element } from './dom.ts'
import { toDays, toHistogram } from './histogram.ts'
import { toCountText, typeNames } from './wording.ts'

/** Values shown before 更多 is pressed. */
const shortList = 6
/** Values that are shown at most; a longer list is better narrowed by the query. */
const longList = 60
const groups = [
  { name: 'type', title: '体裁' },
  { name: 'paper', title: '报纸' },
  { name: 'section', title: '栏目' },
  { name: 'author', title: '作者' },
] as const

export function toFilters(
  search: SearchAddress,
  result: SearchResult,
  go: (href: string) => void,
): HTMLElement {
  const change = (changed: Partial<SearchAddress>) => go(hrefs.search({ ...search, page: 1, ...changed }))
  const narrow = window.matchMedia('(max-width: 60rem)').matches
  const filtered = isFiltered(search)
  return element(
    'details',
    { class: 'filters', open: !narrow },
    element('summary', {}, filtered ? '筛选（已用）' : '筛选'),
    element(
      'div',
      { class: 'filter-groups' },
      filtered &&
        element(
          'p',
          { class: 'filter-clear' },
          element('a', { href: hrefs.search(withoutFilters(search)), 'data-key': 'clear' }, '清除全部筛选'),
        ),
      toHistogram(search, result.histogram),
      ...groups.map(({ name, title }) =>
        toChoices(title, name, result.facets[name], search[name], (values) => change({ [name]: values })),
      ),
      toYears(search, result.facets.year),
      toDayRange(search, change),
      toStrictness(search, change),
    ),
  )
}

function toChoices(
  title: string,
  name: 'type' | 'paper' | 'section' | 'author',
  values: readonly FacetValue[],
  chosen: readonly string[],
  change: (values: string[]) => void,
): HTMLElement | null {
  // What was chosen stays in sight and can be taken back, even where it leaves nothing.
  const absent = chosen.filter((value) => values.every((one) => one.value !== value))
  const all = [
    ...absent.map((value) => ({ value, count: 0 })),
    ...values.filter(({ value }) => chosen.includes(value)),
    ...values.filter(({ value }) => !chosen.includes(value)),
  ]
  if (all.length === 0 || (all.length === 1 && chosen.length === 0)) return null
  const list = element('ul')
  all.slice(0, longList).forEach(({ value, count }, index) => {
    const box = element('input', {
      type: 'checkbox',
      name,
      value,
      checked: chosen.includes(value),
      'data-key': `${name} ${value}`,
    })
    box.addEventListener('change', () =>
      change(box.checked ? [...chosen, value] : chosen.filter((one) => one !== value)),
    )
    const text = name === 'type' ? (typeNames[value as ItemType] ?? value) : value
    const row = element(
      'li',
      { hidden: index >= Math.max(shortList, chosen.length) },
      element(
        'label',
        {},
        box,
        element('span', { class: 'choice' }, text),
        element('span', { class: 'count' }, toCountText(count)),
      ),
    )
    list.append(row)
  })
  const more = list.querySelectorAll('li[hidden]')
  const button = element('button', { type: 'button', class: 'more' }, `更多（${more.length}）`)
  button.addEventListener('click', () => {
    for (const row of more) row.removeAttribute('hidden')
    more[0]?.querySelector('input')?.focus()
    button.remove()
  })
  return element('fieldset', {}, element('legend', {}, title), list, more.length > 0 && button)
}

function toYears(search: SearchAddress, years: readonly FacetValue[]): HTMLElement | null {
  const inOrder = years.toSorted((a, b) => (a.value < b.value ? 1 : -1))
  if (inOrder.length < 2) return null
  return element(
    'section',
    { class: 'years', 'aria-label': '年份' },
    element('h2', {}, '年份'),
    element(
      'ul',
      {},
      ...inOrder.map(({ value, count }) =>
        element(
          'li',
          {},
          element(
            'a',
            { href: hrefs.search({ ...search, ...toDays(value), page: 1 }), 'data-key': `year ${value}` },
            `${value} `,
            element('span', { class: 'count' }, toCountText(count)),
          ),
        ),
      ),
    ),
  )
}

function toDayRange(search: SearchAddress, change: (changed: Partial<SearchAddress>) => void): HTMLElement {
  const field = (name: 'from' | 'to', label: string) => {
    const input = element('input', {
      type: 'date',
      name,
      value: search[name],
      min: '1800-01-01',
      max: '2999-12-31',
      'data-key': name,
    })
    // A date typed by keyboard passes through years such as 0002: wait until the field is left or confirmed.
    const apply = () => {
      if (input.value !== search[name] && input.validity.valid) change({ [name]: input.value })
    }
    input.addEventListener('blur', apply)
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') apply()
    })
    return element('label', {}, element('span', {}, label), input)
  }
  return element(
    'fieldset',
    { class: 'days' },
    element('legend', {}, '日期'),
    field('from', '从'),
    field('to', '到'),
    (search.from !== '' || search.to !== '') &&
      element(
        'a',
        { href: hrefs.search({ ...search, from: '', to: '', page: 1 }), 'data-key': 'days' },
        '不限日期',
      ),
  )
}

function toStrictness(search: SearchAddress, change: (changed: Partial<SearchAddress>) => void): HTMLElement {
  const box = element('input', { type: 'checkbox', checked: search.strict, 'data-key': 'strict' })
  box.addEventListener('change', () => change({ strict: box.checked }))
  return element(
    'fieldset',
    { class: 'strictness' },
    element('legend', {}, '读法'),
    element('label', {}, box, element('span', { class: 'choice' }, '只按字面，不放宽')),
  )
}
