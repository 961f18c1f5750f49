// Pages read once and found right stay right: each folder under pages/ is a case, no code needed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTextPages } from '../../src/page/read-page.ts'

const cases = new URL('./pages/', import.meta.url)

/** `page.json` may name a page elsewhere in the project and the path it is read under. */
function loadCase(name: string): { bytes: Buffer; path: string | undefined; expected: unknown } {
  const folder = new URL(`${name}/`, cases)
  const settings = new URL('page.json', folder)
  const { source = 'page.txt', path } = existsSync(settings)
    ? (JSON.parse(readFileSync(settings, 'utf8')) as { source?: string; path?: string })
    : {}
  return {
    bytes: readFileSync(new URL(source, folder)),
    path,
    expected: JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')),
  }
}

describe('golden pages', () => {
  for (const name of readdirSync(cases)) {
    it(name, () => {
      const { bytes, path, expected } = loadCase(name)
      expect(readTextPages(bytes, path === undefined ? {} : { path })).toEqual(expected)
    })
  }
})
