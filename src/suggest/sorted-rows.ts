// Orders a million short rows without a million strings: by leading bits in one number each, then by what follows.

/** Ranks (below 2 ** 21) and 32 leading bits fit the 53 bits of a number. */
const rankRange = 2 ** 21

/** Numbers of the texts in the order of their units. Texts end with a 0 before the start of the next one. */
export function sortedByUnits(units: Uint16Array, starts: Uint32Array): Uint32Array {
  const compare = (a: number, b: number) => compareUnits(units, starts[a]!, starts[b]!) || a - b
  const lead = (i: number) => {
    const first = units[starts[i]!]!
    return first * 65536 + (first === 0 ? 0 : units[starts[i]! + 1]!)
  }
  return sortByLead(starts.length - 1, lead, compare)
}

/** Numbers of the rows of `width` bytes (a to z, 0 behind the last letter) in their order. */
export function sortedByRows(rows: Uint8Array, width: number): Uint32Array {
  const compare = (a: number, b: number) => {
    for (let k = 0; k < width; k++) {
      const difference = rows[a * width + k]! - rows[b * width + k]!
      if (difference !== 0) return difference
    }
    return a - b
  }
  const lead = (i: number) => {
    let bits = 0
    for (let k = 0; k < 6; k++) bits = bits * 32 + letterBits(rows[i * width + k]!)
    return bits
  }
  return sortByLead(rows.length / width, lead, compare)
}

function letterBits(byte: number): number {
  return byte === 0 ? 0 : byte - 0x60
}

function compareUnits(units: Uint16Array, a: number, b: number): number {
  for (let k = 0; ; k++) {
    const difference = units[a + k]! - units[b + k]!
    if (difference !== 0 || units[a + k] === 0) return difference
  }
}

function sortByLead(
  size: number,
  lead: (i: number) => number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const keyed = new Float64Array(size)
  for (let i = 0; i < size; i++) keyed[i] = lead(i) * rankRange + i
  keyed.sort()
  const order = new Uint32Array(size)
  let runStart = 0
  for (let place = 0; place < size; place++) {
    order[place] = keyed[place]! % rankRange
    const isRunEnd =
      place + 1 === size ||
      Math.floor(keyed[place + 1]! / rankRange) !== Math.floor(keyed[place]! / rankRange)
    if (!isRunEnd) continue
    if (place > runStart) order.subarray(runStart, place + 1).sort(compare)
    runStart = place + 1
  }
  return order
}

/**
 * Half-open range of the places of `order` whose rows begin as `compareWith` says: it is given a row's number and
 * answers below 0 when the row is before the wanted prefix, 0 when it begins with it, above 0 when it is behind.
 */
export function rangeInOrder(
  order: Uint32Array,
  compareWith: (row: number) => number,
): [start: number, end: number] {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareWith(order[middle]!) < 0) low = middle + 1
    else high = middle
  }
  const start = low
  high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareWith(order[middle]!) <= 0) low = middle + 1
    else high = middle
  }
  return [start, low]
}

/** The `count` smallest numbers of a range of `order` that pass, ascending. */
export function smallestInRange(
  order: Uint32Array,
  start: number,
  end: number,
  count: number,
  passes: (row: number) => boolean = () => true,
): number[] {
  const best: number[] = []
  for (let place = start; place < end; place++) {
    const row = order[place]!
    if (best.length === count && row >= best[count - 1]!) continue
    if (!passes(row)) continue
    let at = best.length
    while (at > 0 && best[at - 1]! > row) at--
    best.splice(at, 0, row)
    if (best.length > count) best.pop()
  }
  return best
}
