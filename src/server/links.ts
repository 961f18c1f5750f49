// Addresses in answers, so that a program follows them instead of building its own.
import type { SearchLinks } from '../model/hit.ts'
import { deepestHit, type SearchRequest, toQueryString } from '../schema/search-request.ts'
import { namelessPaper } from '../web/address.ts'

interface Printed {
  id: string
  paper: string
  date: string
  pageNo: number
}

/** Addresses of an article: for programs, for people, and of its printed page where that is known. */
export function articleLinks(base: string, { id, paper, date, pageNo }: Printed) {
  const own = encodeURIComponent(id)
  const page = [paper || namelessPaper, date, pageNo].map(encodeURIComponent).join('/')
  return {
    self: `${base}/api/articles/${own}`,
    html: `${base}/articles/${own}`,
    ...(date !== '' &&
      pageNo > 0 && { page: `${base}/api/pages/${page}`, pageHtml: `${base}/pages/${page}` }),
  }
}

/** Addresses of the picture and of the PDF of a page. */
export function printLinks(base: string, { paper, date, pageNo }: Omit<Printed, 'id'>) {
  const page = `${base}/api/pages/${[paper || namelessPaper, date, pageNo].map(encodeURIComponent).join('/')}`
  return { picture: `${page}/picture`, pdf: `${page}/pdf` }
}

/** This page of the hits and its neighbours, as deep as can be paged. */
export function searchLinks(base: string, request: Partial<SearchRequest>, total: number): SearchLinks {
  const { page = 1, size = 10 } = request
  const to = (at: number) => `${base}/api/search?${toQueryString({ ...request, page: at })}`
  const last = Math.max(1, Math.min(Math.ceil(total / size), Math.floor(deepestHit / size)))
  return {
    self: to(page),
    ...(page < last && { next: to(page + 1) }),
    ...(page > 1 && { prev: to(page - 1) }),
    last: to(last),
  }
}
