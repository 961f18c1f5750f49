// Whether a text can be what letters and characters typed one after the other stand for.
import { readingsOf } from './readings.ts'
import type { TypedToken } from './syllables.ts'

/** How typed tokens fit the beginning of a text. */
export interface TypedMatch {
  /** Characters typed by their first letters only. */
  abbreviated: number
  /** Whether the last syllable is typed in part. */
  isPartial: boolean
  /** Whether the tokens account for the whole text. */
  isWhole: boolean
}

/** One point of the comparison. */
interface State {
  token: number
  letter: number
}

/**
 * Fits tokens to the beginning of a text: characters must be those of `key` (the caller folds both), letters must be
 * the syllables of characters one after the other, each in full or by its first letter (zh, ch, sh count as one);
 * the last one may be unfinished. A typed break never falls inside a syllable. Returns the fit with the fewest
 * abbreviations, or null. Sounds are those of the `shown` form where it has as many characters as the folded `key`.
 */
export function matchTyped(tokens: readonly TypedToken[], key: string, shown = key): TypedMatch | null {
  const chars = [...key]
  const sounding = shown.length === key.length ? [...shown] : chars
  let best: TypedMatch | null = null

  const consider = (match: TypedMatch) => {
    if (best === null || cost(match) < cost(best)) best = match
  }

  const walk = (at: State, char: number, abbreviated: number): void => {
    if (best !== null && best.abbreviated < abbreviated) return
    const token = tokens[at.token]
    if (token === undefined) {
      consider({ abbreviated, isPartial: false, isWhole: char === chars.length })
      return
    }
    if (char >= chars.length) return
    if (token.kind === 'text') {
      const typed = [...token.text]
      for (const [i, wanted] of typed.entries()) if (chars[char + i] !== wanted) return
      walk({ token: at.token + 1, letter: 0 }, char + typed.length, abbreviated)
      return
    }
    const { letters, breaks } = token
    const rest = letters.length - at.letter
    const isLast = at.token === tokens.length - 1
    for (const reading of readingsOf(sounding[char]!)) {
      let common = 0
      while (
        common < reading.length &&
        common < rest &&
        letters[at.letter + common] === reading[common] &&
        (common === 0 || !breaks[at.letter + common])
      )
        common++
      if (common === 0) continue
      if (common === reading.length) walk(after(at, common, rest), char + 1, abbreviated)
      else if (common === rest && isLast && common > 1) {
        consider({ abbreviated, isPartial: true, isWhole: char + 1 === chars.length })
      }
      if (reading.length > 1) {
        walk(after(at, 1, rest), char + 1, abbreviated + 1)
        if (common >= 2 && reading[1] === 'h') walk(after(at, 2, rest), char + 1, abbreviated + 1)
      }
    }
  }

  walk({ token: 0, letter: 0 }, 0, 0)
  return best
}

function after(at: State, letters: number, rest: number): State {
  return letters === rest
    ? { token: at.token + 1, letter: 0 }
    : { token: at.token, letter: at.letter + letters }
}

function cost(match: TypedMatch): number {
  return match.abbreviated * 4 + (match.isPartial ? 2 : 0) + (match.isWhole ? 0 : 1)
}
