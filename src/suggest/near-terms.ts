// Terms one mistake away from a text: found by leaving out one character on both sides and comparing what is left.
import { lowerBound, type Strings } from './sorted-strings.ts'
import type { Steps } from './steps.ts'
import type { TermTable } from './term-table.ts'

export interface NearTerm {
  term: number
  reason: 'similar' | 'missing' | 'extra' | 'swapped'
}

/** Terms and texts from this length on; a shorter text is one mistake away from too many words. */
export const shortestNear = 3
/** Longer terms are not mistyped as one run. */
const longestNear = 16
/** Term numbers must fit the bits beside a 32-bit hash. */
const termRange = 2 ** 21

export interface NearTerms {
  /** Terms that one wrong, missing, extra or swapped character turns into `key`; each once, in no order. */
  near(key: string): NearTerm[]
}

/**
 * Indexes every term of three and more characters under each string that is left when one character goes
 * (deletion neighbourhoods; Garbe 2012, "SymSpell"): hash of the string * 2 ** 21 + number of the term, ascending.
 * Terms beyond the 2,097,152 first are left out.
 */
export function* nearPairsInSteps(keys: Strings): Steps<Float64Array> {
  const pairs: number[] = []
  for (let term = 0; term < Math.min(keys.length, termRange); term++) {
    if (term % 256 === 0) yield
    const key = keys.at(term)!
    if (key.length < shortestNear || key.length > longestNear) continue
    for (const shorter of withoutOne(key)) pairs.push(hash(shorter) * termRange + term)
  }
  yield
  return Float64Array.from(pairs).sort()
}

/** Looks terms up in the pairs that `nearPairsInSteps` made of the table's keys. */
export function createNearTerms(table: TermTable, sorted: Float64Array): NearTerms {
  const { keys, byKey } = table

  function termsLeaving(shorter: string, visit: (term: number) => void): void {
    const from = hash(shorter) * termRange
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sorted[middle]! < from) low = middle + 1
      else high = middle
    }
    for (; low < sorted.length && sorted[low]! < from + termRange; low++) visit(sorted[low]! - from)
  }

  function termEqual(key: string): number {
    const at = lowerBound(byKey.strings, key)
    return byKey.strings.at(at) === key ? byKey.values[at]! : -1
  }

  return {
    near(key) {
      const found = new Map<number, NearTerm['reason']>()
      if (key.length < shortestNear - 1 || key.length > longestNear) return []
      termsLeaving(key, (term) => {
        if (isOneLonger(keys.at(term)!, key)) found.set(term, 'missing')
      })
      if (key.length >= shortestNear) {
        for (const shorter of withoutOne(key)) {
          termsLeaving(shorter, (term) => {
            if (isOneOther(keys.at(term)!, key)) found.set(term, 'similar')
          })
          const term = termEqual(shorter)
          if (term >= 0) found.set(term, 'extra')
        }
        for (const swapped of withSwaps(key)) {
          const term = termEqual(swapped)
          if (term >= 0) found.set(term, 'swapped')
        }
      }
      return Array.from(found, ([term, reason]) => ({ term, reason }))
    },
  }
}

function withoutOne(key: string): Set<string> {
  const shorter = new Set<string>()
  for (let i = 0; i < key.length; i++) shorter.add(key.slice(0, i) + key.slice(i + 1))
  return shorter
}

function withSwaps(key: string): Set<string> {
  const swapped = new Set<string>()
  for (let i = 0; i + 1 < key.length; i++) {
    if (key[i] !== key[i + 1]) swapped.add(key.slice(0, i) + key[i + 1]! + key[i]! + key.slice(i + 2))
  }
  return swapped
}

function isOneOther(term: string, key: string): boolean {
  return term.length === key.length && differences(term, key) === 1
}

function isOneLonger(term: string, key: string): boolean {
  if (term.length !== key.length + 1) return false
  let i = 0
  while (i < key.length && term[i] === key[i]) i++
  return term.slice(i + 1) === key.slice(i)
}

/** Places where two texts of one length have different units. */
export function differences(a: string, b: string): number {
  let count = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++
  return count
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
