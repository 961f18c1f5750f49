// Which indices a request has to ask: where they are laid by year or paper, those of other years and papers hold nothing of it.
import { noValue } from '../model/hit.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { partOfIndex, partOfPaper } from './names.ts'
import type { Asking } from './shards.ts'

/** Longer lists of names do not fit into the line of a request. */
const longestTarget = 3000

/** Asks those indices alone that can hold articles of the dates and, where they are given, of the papers. */
export function narrowed(
  asking: Asking,
  { from, to, paper = [] }: Pick<CheckedRequest, 'from' | 'to'> & { paper?: readonly string[] },
): Asking {
  const papers = new Set(paper.map((name) => partOfPaper(name === noValue ? '' : name)))
  const some = asking.indices.filter((index) => {
    const part = partOfIndex(index)
    if (part.startsWith('p')) return papers.size === 0 || papers.has(part)
    if (!part.startsWith('y') || (!from && !to)) return true
    const year = part.slice(1)
    return year !== '' && year >= (from ?? '').slice(0, 4) && year <= (to ?? '9999').slice(0, 4)
  })
  const target = some.join(',')
  const isAll = some.length === asking.indices.length
  // Where none can hold anything all are asked: they count nothing, in the shape of every answer.
  return isAll || some.length === 0 || target.length > longestTarget ? asking : { ...asking, target }
}
