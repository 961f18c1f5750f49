// Long work that can pause: building tables must not keep a server from answering.

/** Every `yield` is a place to pause, a millisecond or so after the last one; what is returned is the work's result. */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** Does all of the work at once. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Goes on for about `budgetMs` milliseconds; the result when the work has ended, else null. */
export function runFor<Result>(steps: Steps<Result>, budgetMs: number): { result: Result } | null {
  const end = performance.now() + budgetMs
  do {
    const step = steps.next()
    if (step.done) return { result: step.value }
  } while (performance.now() < end)
  return null
}
