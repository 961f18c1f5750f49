// The best one-to-one assignment (Hungarian method, Jonker and Volgenant's shortest augmenting paths, O(n³)).

/**
 * For a matrix of gains (rows × columns, every row as long as the first) the column chosen for each row so that the
 * sum of gains is greatest; -1 where leaving a row alone (gain 0) is better. Rows may outnumber columns.
 */
export function assign(gains: readonly (readonly number[])[]): number[] {
  const rows = gains.length
  if (rows === 0) return []
  const realColumns = gains[0]!.length
  // One private column of gain 0 per row lets every row stay alone.
  const columns = realColumns + rows
  const cost = (row: number, column: number): number =>
    column < realColumns ? -gains[row]![column]! : column - realColumns === row ? 0 : 1e6
  const u = new Float64Array(rows + 1)
  const v = new Float64Array(columns + 1)
  const match = new Int32Array(columns + 1)
  const way = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    match[0] = row
    let at = 0
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
    const done = new Uint8Array(columns + 1)
    do {
      done[at] = 1
      const i = match[at]!
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= columns; j++) {
        if (done[j] === 1) continue
        const reduced = cost(i - 1, j - 1) - u[i]! - v[j]!
        if (reduced < least[j]!) {
          least[j] = reduced
          way[j] = at
        }
        if (least[j]! < delta) {
          delta = least[j]!
          next = j
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (done[j] === 1) {
          const owner = match[j]!
          u[owner] = u[owner]! + delta
          v[j] = v[j]! - delta
        } else least[j] = least[j]! - delta
      }
      at = next
    } while (match[at] !== 0)
    do {
      const previous = way[at]!
      match[at] = match[previous]!
      at = previous
    } while (at !== 0)
  }
  const result = new Array<number>(rows).fill(-1)
  for (let j = 1; j <= realColumns; j++) if (match[j]! > 0) result[match[j]! - 1] = j - 1
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
