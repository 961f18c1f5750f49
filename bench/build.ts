// Measures a rebuild: npx tsx bench/build.ts SOURCE [RUNS] [WORKERS]. Needs a compiled dist/, since threads run from it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildReport } from '../src/ingest/report.ts'

const [source, runs = '3', workers] = process.argv.slice(2)
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
if (source === undefined || !existsSync(program)) {
  console.error('usage: npx tsx bench/build.ts SOURCE [RUNS] [WORKERS]   (after npm run compile)')
  process.exit(2)
}

/** A preloaded line that tells the peak of the process, threads included, when it ends. */
const tellPeak = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+' cpu '+(process.cpuUsage().user+process.cpuUsage().system)+'\\n'))`

const rows: { seconds: number; cpuSeconds: number; peakMb: number; indexMb: number; report: BuildReport }[] =
  []
for (let run = 0; run < Number(runs); run++) {
  const index = mkdtempSync(join(tmpdir(), 'xunbao-bench-'))
  try {
    const words = ['--import', tellPeak, program, 'build', source, '--index', index, '--json']
    if (workers !== undefined) words.push('--workers', workers)
    const errors = join(index, 'stderr.log')
    const out = execFileSync('sh', ['-c', `"$0" "$@" 2>"${errors}"`, process.execPath, ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const report: BuildReport = JSON.parse(out)
    const told = execFileSync('tail', ['-n', '1', errors], { encoding: 'utf8' })
    const [, peak = '0', cpu = '0'] = /peak (\d+) cpu (\d+)/.exec(told) ?? []
    const bytes = readdirSync(index)
      .filter((name) => name.endsWith('.seg'))
      .reduce((sum, name) => sum + statSync(join(index, name)).size, 0)
    rows.push({
      seconds: report.seconds,
      cpuSeconds: Number(cpu) / 1e6,
      peakMb: Number(peak) / 1024,
      indexMb: bytes / 1e6,
      report,
    })
  } finally {
    rmSync(index, { recursive: true, force: true })
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0
const { report } = rows[0]!
const seconds = median(rows.map((row) => row.seconds))
const cpuSeconds = median(rows.map((row) => row.cpuSeconds))
console.log(
  `| articles | characters | seconds (median of ${rows.length}) | characters/s | CPU s | peak MB | index MB |`,
)
console.log('|---|---|---|---|---|---|---|')
console.log(
  `| ${report.articles} | ${report.characters} | ${seconds.toFixed(1)} | ${Math.round(report.characters / seconds)} | ` +
    `${cpuSeconds.toFixed(1)} | ${median(rows.map((row) => row.peakMb)).toFixed(0)} | ${median(rows.map((row) => row.indexMb)).toFixed(1)} |`,
)
