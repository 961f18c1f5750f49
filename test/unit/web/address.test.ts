// An address says everything about a view: whatever was searched can be shared, reloaded and taken back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '../../../src/server/parameters.ts'
import { readQueryString } from '../../../src/server/query-string.ts'
import { searchParameters, toAddress } from '../../../src/server/views/html.ts'
import { createAddresses, refine, type SearchAddress, withoutFilters } from '../../../src/web/address.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
// What is blank was not said: a form sends every field.
const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const search: fc.Arbitrary<SearchAddress> = fc.record(
  {
    q: text,
    page: fc.integer({ min: 2, max: 999 }),
    sort: fc.constantFrom('newest', 'oldest'),
    from: day,
    to: day,
    type: fc.uniqueArray(fc.constantFrom('article', 'brief', 'photo', 'notice'), { minLength: 1 }),
    paper: values,
    section: values,
    author: values,
    tag: values,
    pageNo: fc.uniqueArray(fc.nat({ max: 99 }), { minLength: 1, maxLength: 3 }),
    strict: fc.constant(true),
    reading: fc.constantFrom('exact', 'allWords', 'anyWords'),
  },
  { requiredKeys: ['q'] },
)

function readAddress(href: string): SearchAddress {
  const read = readParameters({ path: {}, query: searchParameters }, {}, readQueryString(href))
  return toAddress(read.query as Parameters<typeof toAddress>[0])
}

describe('an address', () => {
  it('gives back the search it was made of, under any mount path', () => {
    fc.assert(
      fc.property(search, fc.constantFrom('', '/papers/archive'), (given, base) => {
        const href = createAddresses(base).search(given)
        expect(href.startsWith(`${base}/?`)).toBe(true)
        expect(readAddress(href)).toEqual(given)
      }),
    )
  })

  it('narrows and widens a search without a trace of the page that was open', () => {
    fc.assert(
      fc.property(search, value, (given, paper) => {
        const narrowed = refine(given, { paper: [paper] })
        expect(narrowed.page).toBeUndefined()
        expect(refine(narrowed, { paper: undefined })).not.toHaveProperty('paper')
        expect(Object.keys(withoutFilters(given))).not.toContain('from')
      }),
    )
  })

  it('names articles and pages so that nothing of their names is lost', () => {
    const to = createAddresses('/a')
    fc.assert(
      fc.property(value, (name) => {
        fc.pre(!/^\.{1,2}$/.test(name))
        const [, article = ''] = /^\/a\/articles\/([^/?#]+)$/.exec(to.article(name)) ?? []
        expect(decodeURIComponent(article)).toBe(name)
        const [, paper = ''] =
          /^\/a\/pages\/([^/?#]+)\/2020-01-02\/3$/.exec(to.page(name, '2020-01-02', 3)) ?? []
        expect(decodeURIComponent(paper)).toBe(name)
      }),
    )
    expect(to.page('', '2020-01-02', 3)).toBe('/a/pages/-/2020-01-02/3')
  })
})
