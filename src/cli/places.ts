// Where the command line looks when it is not told: the archive of the folder it is run in.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Index folder, below the working folder. */
export const defaultIndex = join('index-data', 'index')

const pagesFolder = join('index-data', 'pages')

/**
 * The sources of a build that names none: index-data/pages of the working folder, else the sample page that comes
 * with the package, so that a first try needs no pages of one's own.
 */
export function defaultSources(): { sources: string[]; isSample: boolean } {
  if (existsSync(pagesFolder)) return { sources: [pagesFolder], isSample: false }
  return { sources: [fileURLToPath(new URL('../../index-data/pages', import.meta.url))], isSample: true }
}
