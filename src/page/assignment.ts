// The best one-to-one assignment (Hungarian method, Jonker and Volgenant's shortest augmenting paths, O(n³)).

/**
 * For each row the column that it gets, so that the sum of `gains[row][column]` is greatest. Every row gets one;
 * needs at least as many columns as rows.
 */
export function assignAll(gains: readonly (readonly number[])[]): number[] {
  return solve(gains.length, gains[0]?.length ?? 0, (row, column) => -gains[row]![column]!)
}

/**
 * For a matrix of gains (rows × columns, every row as long as the first) the column chosen for each row so that the
 * sum of gains is greatest; -1 where leaving a row alone (gain 0) is better. Rows may outnumber columns.
 */
export function assign(gains: readonly (readonly number[])[]): number[] {
  const rows = gains.length
  const columns = gains[0]?.length ?? 0
  // One private column of gain 0 per row lets every row stay alone.
  const cost = (row: number, column: number): number =>
    column < columns ? -gains[row]![column]! : column - columns === row ? 0 : 1e6
  return solve(rows, columns + rows, cost).map((column) => (column < columns ? column : -1))
}

/** The column of each row at least cost; columns are at least as many as rows. */
function solve(rows: number, columns: number, cost: (row: number, column: number) => number): number[] {
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
        const reduced = cost(current - 1, j - 1) - rowPotential[current]! - columnPotential[j]!
        if (reduced < least[j]!) {
          least[j] = reduced
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

/**
 * {@link assign} for few gains above 0 (one map of column to gain per row; what is absent is not worth taking): rows and
 * columns that no gain connects are settled apart.
 */
export function assignSparse(gains: readonly ReadonlyMap<number, number>[]): number[] {
  const size = gains.reduce((most, row) => Math.max(most, ...row.keys()), gains.length - 1) + 1
  // Rows are 0 to size - 1, columns size and up.
  const parent = Int32Array.from({ length: size * 2 }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  gains.forEach((row, x) => {
    for (const y of row.keys()) parent[root(x)] = root(size + y)
  })
  const groups = new Map<number, { rows: number[]; columns: Map<number, number> }>()
  gains.forEach((row, x) => {
    if (row.size === 0) return
    const key = root(x)
    let group = groups.get(key)
    if (group === undefined) {
      group = { rows: [], columns: new Map() }
      groups.set(key, group)
    }
    group.rows.push(x)
    for (const y of row.keys()) if (!group.columns.has(y)) group.columns.set(y, group.columns.size)
  })
  const result = new Array<number>(gains.length).fill(-1)
  for (const { rows, columns } of groups.values()) {
    const names = [...columns.keys()]
    const matrix = rows.map((x) => {
      const line = new Array<number>(names.length).fill(-1)
      for (const [y, gain] of gains[x]!) line[columns.get(y)!] = gain
      return line
    })
    assign(matrix).forEach((column, row) => {
      if (column >= 0) result[rows[row]!] = names[column]!
    })
  }
  return result
}
