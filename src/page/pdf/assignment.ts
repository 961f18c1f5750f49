// Best one-to-one assignment of columns to rows (Kuhn and Munkres, in the O(n^3) form with potentials).

/**
 * For each row the column that it gets, so that the sum of scores is greatest. Every row gets one.
 * `scores[row][column]`; needs at least as many columns as rows.
 */
export function assignBest(scores: readonly (readonly number[])[]): number[] {
  const rows = scores.length
  const columns = scores[0]?.length ?? 0
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  /** Row (1-based) that holds a column; 0 for none. */
  const holder = new Int32Array(columns + 1)
  const way = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    holder[0] = row
    let column = 0
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
    const used = new Uint8Array(columns + 1)
    do {
      used[column] = 1
      const current = holder[column]!
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= columns; j++) {
        if (used[j]) continue
        const cost = -scores[current - 1]![j - 1]! - rowPotential[current]! - columnPotential[j]!
        if (cost < least[j]!) {
          least[j] = cost
          way[j] = column
        }
        if (least[j]! < delta) {
          delta = least[j]!
          next = j
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j]) {
          rowPotential[holder[j]!]! += delta
          columnPotential[j]! -= delta
        } else least[j]! -= delta
      }
      column = next
    } while (holder[column] !== 0)
    do {
      const previous = way[column]!
      holder[column] = holder[previous]!
      column = previous
    } while (column !== 0)
  }
  const result = new Array<number>(rows).fill(-1)
  for (let j = 1; j <= columns; j++) if (holder[j]! > 0) result[holder[j]! - 1] = j - 1
  return result
}
