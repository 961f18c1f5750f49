// How a text with marks becomes nodes: each mark an element around the printed characters, nothing else touched.
import type { Marked } from '../model/span.ts'

/** The text in pieces: strings, and `<mark>` for the marked spans (UTF-16 units, half-open). */
export function toMarkedNodes({ text, marks }: Marked): (string | HTMLElement)[] {
  const nodes: (string | HTMLElement)[] = []
  let done = 0
  for (const [start, end] of marks) {
    if (start < done || end <= start || end > text.length) continue
    if (start > done) nodes.push(text.slice(done, start))
    const mark = document.createElement('mark')
    mark.textContent = text.slice(start, end)
    nodes.push(mark)
    done = end
  }
  if (done < text.length) nodes.push(text.slice(done))
  return nodes
}

/** A plain text with optional marks. */
export function toNodes(text: string, marks: [number, number][] = []): (string | HTMLElement)[] {
  return toMarkedNodes({ text, marks })
}
