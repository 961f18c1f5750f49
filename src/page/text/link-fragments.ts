// Links pieces of text into longer ones: the best assignment of ends to beginnings that reads nothing in a circle.
import { assignSparse } from '../assignment.ts'

/** Units read one after the other beyond doubt, and the brackets open at their end. */
export interface Fragment {
  units: number[]
  open: string
}

/** Gains above 0 of reading on from one fragment to another; all others are as good as none. */
export type Gains = Map<number, number>[]

/** The best assignment that reads nothing in a circle. */
export function settle(gains: Gains): number[] {
  let next: number[] = []
  for (let round = 0; round < 20; round++) {
    next = assignSparse(gains)
    const cycle = findCycle(next)
    if (cycle === null) return next
    let weakest = cycle[0]!
    for (const a of cycle) if (gains[a]!.get(next[a]!)! < gains[weakest]!.get(next[weakest]!)!) weakest = a
    gains[weakest]!.delete(next[weakest]!)
  }
  for (let cycle = findCycle(next); cycle !== null; cycle = findCycle(next)) next[cycle[0]!] = -1
  return next
}

/** Joins linked fragments; links less certain than `margin` against the next best choice stay open. */
export function merge(
  fragments: readonly Fragment[],
  next: readonly number[],
  gains: Gains,
  margin: number,
  confidence: Map<number, number>,
): Fragment[] {
  // The best and the second best beginning that each end competes for, and the other way round.
  const best = new Map<number, { gain: number; from: number; second: number }>()
  gains.forEach((row, x) => {
    for (const [y, gain] of row) {
      const known = best.get(y)
      if (known === undefined) best.set(y, { gain, from: x, second: 0 })
      else if (gain > known.gain) best.set(y, { gain, from: x, second: known.gain })
      else if (gain > known.second) known.second = gain
    }
  })
  const linked = next.map((y, x) => {
    if (y < 0 || margin === 0) return y
    const gain = gains[x]!.get(y)!
    const other = best.get(y)!
    let rival = other.from === x ? other.second : other.gain
    for (const [z, each] of gains[x]!) if (z !== y && each > rival) rival = each
    return gain - rival >= margin ? y : -1
  })
  const targets = new Set(linked.filter((y) => y >= 0))
  const merged: Fragment[] = []
  fragments.forEach((fragment, start) => {
    if (targets.has(start)) return
    const whole: Fragment = { units: [...fragment.units], open: fragment.open }
    let sure = confidence.get(whole.units[0]!) ?? 1
    for (let x = start, y = linked[x]!; y >= 0; x = y, y = linked[x]!) {
      const part = fragments[y]!
      sure = Math.min(sure, confidence.get(part.units[0]!) ?? 1, 1 / (1 + Math.exp(-gains[x]!.get(y)!)))
      whole.units.push(...part.units)
      whole.open = part.open === '' ? whole.open : part.open
    }
    confidence.set(whole.units[0]!, sure)
    merged.push(whole)
  })
  return merged
}

function findCycle(next: readonly number[]): number[] | null {
  const state = new Uint8Array(next.length)
  for (let start = 0; start < next.length; start++) {
    const path: number[] = []
    let at = start
    while (at >= 0 && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = next[at]!
    }
    if (at >= 0 && state[at] === 1) return path.slice(path.indexOf(at))
    for (const each of path) state[each] = 2
  }
  return null
}
