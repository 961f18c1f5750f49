// What the command line writes: results on standard output, faults and progress on standard error.

/** Writes a line of results; waits while the reader of a pipe is behind. */
export async function printLine(text: string): Promise<void> {
  await write(`${text}\n`)
}

export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
}

/** Writes a line that is not a result. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Prints a value as one line of JSON. */
export async function printJson(value: unknown): Promise<void> {
  await printLine(JSON.stringify(value))
}

const isColored = () => process.stdout.isTTY === true && process.env.NO_COLOR === undefined

/** A marked text: bold and red on a terminal, plain where it is read by a program. */
export function markText(text: string, marks: readonly (readonly [number, number])[]): string {
  if (!isColored()) return text
  let marked = ''
  let end = 0
  for (const [from, to] of marks) {
    marked += `${text.slice(end, from)}\u001b[1;31m${text.slice(from, to)}\u001b[0m`
    end = to
  }
  return marked + text.slice(end)
}

export function dim(text: string): string {
  return isColored() ? `\u001b[2m${text}\u001b[0m` : text
}

/** Ends the program without a word when the reader of our output has left (`xunbao export | head`). */
export function quietBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
}
