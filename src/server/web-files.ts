// Where the compiled styles and script of the pages lie, and what they are called.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../web/site.ts'

/** Beside the compiled server, or in dist/ when the server runs from its source. */
export function findWebFolder(): string {
  const beside = fileURLToPath(new URL('../web/', import.meta.url))
  return existsSync(join(beside, manifestName))
    ? beside
    : fileURLToPath(new URL('../../dist/web/', import.meta.url))
}

const manifestName = 'assets.json'

/** The names that the bundler gave, with a digest of what is inside. Throws where nothing was bundled. */
export function readAssets(webFolder: string): Assets {
  try {
    return JSON.parse(readFileSync(join(webFolder, manifestName), 'utf8')) as Assets
  } catch (cause) {
    throw new Error(`没有网页的样式和脚本（${manifestName}）：先运行 npm run compile`, { cause })
  }
}
