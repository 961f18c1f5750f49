// The links to the other pages of a result.
import { lastPage } from '../schema/search-request.ts'
import { refine, type SearchAddress } from './address.ts'
import type { Site } from './site.ts'
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

interface PagingProps {
  site: Site
  search: SearchAddress
  total: number
  size: number
}

/** Nothing where there is one page; behind the last page that can be opened, where the others are. */
export function Paging({ site: { to }, search, total, size }: PagingProps) {
  const pages = lastPage(total, size)
  if (pages <= 1) return null
  const at = search.page ?? 1
  const hrefOf = (page: number) => to.search(page === 1 ? refine(search, {}) : { ...search, page })
  const isCut = at >= pages && pages * size < total
  return (
    <nav class="paging" aria-label="结果分页">
      {at > 1 && (
        <a href={hrefOf(Math.min(at - 1, pages))} rel="prev">
          上一页
        </a>
      )}
      {toPageNumbers(Math.min(at, pages), pages).map((page, index) =>
        page === 0 ? (
          <span key={`gap ${index}`} class="gap" aria-hidden="true">
            …
          </span>
        ) : page === at ? (
          <span key={page} class="current" aria-current="page">
            {page}
          </span>
        ) : (
          <a key={page} href={hrefOf(page)} aria-label={`第 ${page} 页`}>
            {page}
          </a>
        ),
      )}
      {at < pages && (
        <a href={hrefOf(at + 1)} rel="next">
          下一页
        </a>
      )}
      {isCut && (
        <span class="paging-end">
          翻到这里为止；其余 {toCountText(total - pages * size)} 篇
          <a href={to.export(search, 'csv')} download="xunbao.csv">
            请导出
          </a>
        </span>
      )}
    </nav>
  )
}
