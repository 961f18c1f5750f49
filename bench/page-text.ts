// How many text pages a second does one core read? `npx tsx bench/page-text.ts [FOLDER...]`
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readTextPages } from '../src/page/read-page.ts'

const roots = process.argv.length > 2 ? process.argv.slice(2) : ['index-data/pages']

function textFiles(path: string): string[] {
  if (statSync(path).isFile()) return path.endsWith('.txt') ? [path] : []
  return readdirSync(path).flatMap((name) => textFiles(join(path, name)))
}

const files = roots.flatMap(textFiles).map((path) => ({ path, bytes: readFileSync(path) }))
// The first reading loads the dictionary and compiles the code.
for (const { path, bytes } of files) readTextPages(bytes, { path })
const times: number[] = []
for (let round = 0; round < 5; round++) {
  for (const { path, bytes } of files) {
    const before = process.cpuUsage().user
    readTextPages(bytes, { path })
    times.push((process.cpuUsage().user - before) / 1000)
  }
}
times.sort((a, b) => a - b)
const mean = times.reduce((sum, each) => sum + each, 0) / times.length
const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1)
console.log(
  `${files.length} pages, processor time per page: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms; ${(1000 / mean).toFixed(0)} pages a second on one core`,
)
