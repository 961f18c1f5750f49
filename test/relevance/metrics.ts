// Figures of merit of a ranked list against judgements.

/** Relevant ids of one query with their grades, 1 and up. */
export type Judgements = ReadonlyMap<string, number>

export interface Figures {
  /** Mean reciprocal rank of the first relevant hit among the first ten. */
  mrr10: number
  /** Share of queries whose first hit is relevant. */
  s1: number
  /** Share of queries with a relevant hit among the first ten. */
  s10: number
  ndcg10: number
  recall100: number
}

/** @param ranked ids, best first, 100 or fewer */
export function judge(ranked: readonly string[], relevant: Judgements): Figures {
  const first = ranked.slice(0, 10).findIndex((id) => relevant.has(id))
  const gain = (grade: number) => 2 ** grade - 1
  const discounted = (grades: readonly number[]) =>
    grades.slice(0, 10).reduce((sum, grade, rank) => sum + gain(grade) / Math.log2(rank + 2), 0)
  const ideal = discounted([...relevant.values()].sort((a, b) => b - a))
  return {
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    s1: first === 0 ? 1 : 0,
    s10: first >= 0 ? 1 : 0,
    ndcg10: ideal === 0 ? 0 : discounted(ranked.map((id) => relevant.get(id) ?? 0)) / ideal,
    recall100: ranked.slice(0, 100).filter((id) => relevant.has(id)).length / relevant.size,
  }
}

export function mean(figures: readonly Figures[]): Figures {
  const sum = (pick: (f: Figures) => number) => figures.reduce((s, f) => s + pick(f), 0) / figures.length
  return {
    mrr10: sum((f) => f.mrr10),
    s1: sum((f) => f.s1),
    s10: sum((f) => f.s10),
    ndcg10: sum((f) => f.ndcg10),
    recall100: sum((f) => f.recall100),
  }
}
