// Names articles that come without an id: readable, the same at every rebuild, unique in the archive.
import { createHash } from 'node:crypto'

/** Hex digest of texts, for ids that follow from content: `length` digits of SHA-256. */
export function contentHash(parts: readonly string[], length = 12): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, length)
}

/** What names a printed page in an id: paper, date and page as far as they are known; empty when none is. */
export function pageIdPrefix(page: { paper: string; date: string; pageNo: number }): string {
  return [page.paper, page.date, page.pageNo > 0 ? String(page.pageNo).padStart(2, '0') : '']
    .map(toIdPart)
    .filter((part) => part.length > 0)
    .join('-')
}

/** Keeps letters, digits, hyphens, underscores and dots; any other run of characters becomes one hyphen. */
export function toIdPart(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_.]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}
