// The links to the other pages of a result.
import { hrefs, type SearchAddress } from './address.ts'
import type { PagedResult } from './api.ts'
import { element } from './dom.ts'
import { toCountText } from './wording.ts'

/** Page numbers around the current one, with the first and the last; 0 stands for a gap. @internal */
export function toPageNumbers(page: number, pages: number): number[] {
  const wanted = new Set([1, pages, page - 2, page - 1, page, page + 1, page + 2])
  const numbers: number[] = []
  for (const number of [...wanted].filter((one) => one >= 1 && one <= pages).sort((a, b) => a - b)) {
    const last = numbers.at(-1)
    if (last !== undefined && number === last + 2) numbers.push(last + 1)
    else if (last !== undefined && number > last + 2) numbers.push(0)
    numbers.push(number)
  }
  return numbers
}

/** Nothing where there is one page; behind the last page that can be opened, where the others are. */
export function toPaging(search: SearchAddress, { total, size, links }: PagedResult): HTMLElement | null {
  const pages = Number(new URLSearchParams(/\?(.*)$/.exec(links.last)?.[1]).get('page') ?? 1)
  if (pages <= 1) return null
  const link = (page: number, text: string, rel?: string) =>
    element('a', { href: hrefs.search({ ...search, page }), rel, 'data-key': `page ${text}` }, text)
  const isCut = search.page >= pages && pages * size < total
  return element(
    'nav',
    { class: 'paging', 'aria-label': '结果分页' },
    search.page > 1 && link(Math.min(search.page - 1, pages), '上一页', 'prev'),
    ...toPageNumbers(Math.min(search.page, pages), pages).map((page) =>
      page === 0
        ? element('span', { class: 'gap', 'aria-hidden': 'true' }, '…')
        : page === search.page
          ? element('span', { 'aria-current': 'page', class: 'current' }, String(page))
          : link(page, String(page)),
    ),
    search.page < pages && link(search.page + 1, '下一页', 'next'),
    isCut && element('span', {}, `翻到这里为止；其余 ${toCountText(total - pages * size)} 篇请导出`),
  )
}
