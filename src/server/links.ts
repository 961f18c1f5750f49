// Addresses in answers, so that a program follows them instead of building its own.
import type { SearchLinks } from '../model/hit.ts'
import { lastPage, type SearchRequest, toQueryString } from '../schema/search-request.ts'
import { createAddresses } from '../web/address.ts'

interface Printed {
  id: string
  paper: string
  date: string
  pageNo: number
}

/** Addresses of an article: for programs, for people, and of its printed page where that is known. */
export function articleLinks(base: string, { id, paper, date, pageNo }: Printed) {
  const html = createAddresses(base)
  const api = createAddresses(`${base}/api`)
  return {
    self: api.article(id),
    html: html.article(id),
    ...(date !== '' &&
      pageNo > 0 && { page: api.page(paper, date, pageNo), pageHtml: html.page(paper, date, pageNo) }),
  }
}

/** Addresses of the picture and of the PDF of a page. */
export function printLinks(base: string, { paper, date, pageNo }: Omit<Printed, 'id'>) {
  const to = createAddresses(base)
  return { picture: to.picture(paper, date, pageNo), pdf: to.pdf(paper, date, pageNo) }
}

/** This page of the hits and its neighbours, as deep as can be paged. */
export function searchLinks(base: string, request: Partial<SearchRequest>, total: number): SearchLinks {
  const { page = 1, size = 10 } = request
  const to = (at: number) => `${base}/api/search?${toQueryString({ ...request, page: at })}`
  const last = lastPage(total, size)
  return {
    self: to(page),
    ...(page < last && { next: to(page + 1) }),
    ...(page > 1 && { prev: to(page - 1) }),
    last: to(last),
  }
}
