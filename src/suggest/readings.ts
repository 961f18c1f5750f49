// How characters sound: the syllables of a character and of a word, without tones. The one file that imports pinyin-pro.
import { pinyin } from 'pinyin-pro'
import { isSyllable } from './syllables.ts'

const known = new Map<number, readonly string[]>()
const none: readonly string[] = []
const isHan = /^\p{Script=Han}$/u

/** All syllables of a character, the most usual first, ü as v; none for what is not a Chinese character. Cached. */
export function readingsOf(char: string): readonly string[] {
  const code = char.codePointAt(0) ?? 0
  let readings = known.get(code)
  if (readings === undefined) {
    readings = isHan.test(char) ? lookUp(char) : none
    known.set(code, readings)
  }
  return readings
}

function lookUp(char: string): readonly string[] {
  const usual = pinyin(char, { toneType: 'none', type: 'array', v: true })
  const all = pinyin(char, { toneType: 'none', type: 'array', v: true, multiple: true })
  return [...new Set([...usual, ...all])].filter(isSyllable)
}

/**
 * The syllables of a word as it is read as a whole (重庆 chong qing), one per code point; null when some
 * character has no reading. About 15 microseconds for a word with a character of several readings.
 */
export function wordReading(word: string): string[] | null {
  const syllables: string[] = []
  let isAmbiguous = false
  for (const char of word) {
    const readings = readingsOf(char)
    if (readings.length === 0) return null
    if (readings.length > 1) isAmbiguous = true
    syllables.push(readings[0]!)
  }
  if (!isAmbiguous || syllables.length === 1) return syllables
  const whole = pinyin(word, { toneType: 'none', type: 'array', v: true })
  return whole.length === syllables.length && whole.every(isSyllable) ? whole : syllables
}

/**
 * Every way to read a word character by character, at most `limit`, joined; the reading of the whole first.
 * Empty when some character has no reading.
 */
export function joinedReadings(word: string, limit: number, whole = wordReading(word)): string[] {
  if (whole === null) return []
  let joined = ['']
  for (const char of word) {
    const next: string[] = []
    for (const reading of readingsOf(char)) {
      for (const start of joined) next.push(start + reading)
    }
    // Rarer readings of later characters are cut first: the first of each character leads.
    joined = next.slice(0, limit * 4)
  }
  return [...new Set([whole.join(''), ...joined])].slice(0, limit)
}
