// Where the search page lies, and how it learns under which address it is served.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Addresses of the search page; each shows its own view, so that every view can be shared and reloaded. */
export const viewPaths = [
  '/',
  '/articles/:id',
  '/pages/:paper/:date/:pageNo',
  '/issues',
  '/trends',
  '/help',
] as const

/** The compiled page: beside the compiled server, or in dist/ when the server runs from its source. */
export function findWebFolder(): string {
  const beside = fileURLToPath(new URL('../web/', import.meta.url))
  return existsSync(`${beside}main.js`) ? beside : fileURLToPath(new URL('../../dist/web/', import.meta.url))
}

/**
 * The page's HTML for a mount path such as `/archive` (empty at the root).
 * All its addresses are relative to `<base>`, so that it works wherever it is mounted.
 */
export async function readIndexHtml(webFolder: string, mountPath: string): Promise<string> {
  const html = await readFile(`${webFolder}/index.html`, 'utf8')
  const base = `${mountPath}/`.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return html.replace('<base href="/" />', () => `<base href="${base}" />`)
}
