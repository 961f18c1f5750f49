// Strings in code unit order with the number each one stands for: prefix and exact look-ups by halving.

/** A list of strings: an array, or one that is packed and read on demand. */
export interface Strings {
  readonly length: number
  /** Undefined beyond the end. */
  at(index: number): string | undefined
}

export interface SortedStrings {
  /** Ascending by code units; the same string may come several times. */
  readonly strings: Strings
  /** What each string stands for. */
  readonly values: Uint32Array
}

/** Sorts pairs of a string and its number; equal strings keep the order in which they came. */
export function createSortedStrings(strings: readonly string[], values: readonly number[]): SortedStrings {
  const order = Uint32Array.from(strings.keys())
  order.sort((a, b) => {
    const left = strings[a]!
    const right = strings[b]!
    return left < right ? -1 : left > right ? 1 : a - b
  })
  return {
    strings: Array.from(order, (i) => strings[i]!),
    values: Uint32Array.from(order, (i) => values[i]!),
  }
}

/** First place whose string is not below `key`. */
export function lowerBound(strings: Strings, key: string, from = 0): number {
  let low = from
  let high = strings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (strings.at(middle)! < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Half-open range of the places whose strings begin with `prefix`. */
export function prefixRange(strings: Strings, prefix: string): [number, number] {
  const start = lowerBound(strings, prefix)
  let low = start
  let high = strings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (strings.at(middle)!.startsWith(prefix)) low = middle + 1
    else high = middle
  }
  return [start, low]
}

/** Half-open range of the places whose strings equal `key`. */
export function equalRange(strings: Strings, key: string): [number, number] {
  const start = lowerBound(strings, key)
  let end = start
  while (end < strings.length && strings.at(end) === key) end++
  return [start, end]
}
