// Affine transformations of the drawing plane: [a b c d e f] of PDF 32000-1, 8.3.3.
import type { Box } from './sheet.ts'

export type Matrix = readonly [number, number, number, number, number, number]

/** How many quarters a matrix turns to the left, 0 to 3. */
export function quarterTurns([a, b]: Matrix): number {
  return (Math.round((2 * Math.atan2(b, a)) / Math.PI) + 4) % 4
}

/** The transformation that does `n`, then `m`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ]
}

/** Any value as a matrix; what is no number is that of the identity. */
export function toMatrix(value: unknown): Matrix {
  const list = value as ArrayLike<number> | null | undefined
  const at = (i: number, otherwise: number): number =>
    typeof list?.[i] === 'number' && Number.isFinite(list[i]) ? list[i] : otherwise
  return [at(0, 1), at(1, 0), at(2, 0), at(3, 1), at(4, 0), at(5, 0)]
}

/** The upright box around a transformed one. */
export function boxOf(m: Matrix, [x0, y0, x1, y1]: Box): Box {
  const xs: number[] = []
  const ys: number[] = []
  for (const [x, y] of [
    [x0, y0],
    [x0, y1],
    [x1, y0],
    [x1, y1],
  ] as const) {
    xs.push(m[0] * x + m[2] * y + m[4])
    ys.push(m[1] * x + m[3] * y + m[5])
  }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
