// How a reader who already holds an answer is spared a second copy: weak ETags.
import { createHash } from 'node:crypto'

/** A weak ETag of a text. */
export function toEntityTag(text: string): string {
  return `W/"${createHash('sha1').update(text).digest('base64url')}"`
}

/** Whether an If-None-Match header names this tag, by the weak comparison of RFC 9110, section 13.1.2. */
export function matchesEntityTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  const bare = (text: string) => text.trim().replace(/^W\//, '')
  return header.split(',').some((candidate) => bare(candidate) === bare(tag))
}
