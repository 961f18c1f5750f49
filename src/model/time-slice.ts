// Long work in turns: whoever waits for the event loop gets it after a few milliseconds.

/**
 * Makes a function that long work awaits wherever it can stop: it lets waiting events have their turn when more than
 * `milliseconds` have passed since the last one, and runs `check`, which may throw to end the work.
 */
export function createTimeSlice(milliseconds: number, check?: () => void): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since >= milliseconds) {
      await new Promise((resolve) => setImmediate(resolve))
      since = performance.now()
    }
    check?.()
  }
}
