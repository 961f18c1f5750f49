// How far a long command has come, for whoever sits at the terminal.
import { SingleBar } from 'cli-progress'

/** A bar on a terminal, nothing where the output is kept in a file. */
export function createBar(format: string): {
  update(value: number, total: number, payload?: object): void
  stop(): void
} {
  if (process.stderr.isTTY !== true) return { update() {}, stop() {} }
  const bar = new SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  })
  let isStarted = false
  return {
    update(value, total, payload = {}) {
      if (!isStarted) bar.start(Math.max(total, 1), value, payload)
      isStarted = true
      bar.update(Math.min(value, total), payload)
    },
    stop() {
      if (isStarted) bar.stop()
    },
  }
}
