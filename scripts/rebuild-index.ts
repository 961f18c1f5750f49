// Rebuilds index-data/index from index-data/pages while a server keeps answering from the old index: for cron jobs.
// Usage: npx tsx scripts/rebuild-index.ts [SOURCE...]   (exit code 1 when a part of the sources was not taken in)

import { buildArchive } from '../src/ingest/build-archive.ts'
import { printFault } from '../src/ingest/faults.ts'
import { printReport } from '../src/ingest/report.ts'
import { SearchError } from '../src/model/errors.ts'

const named = process.argv.slice(2)
const index = 'index-data/index'
try {
  const report = await buildArchive({ sources: named.length > 0 ? named : ['index-data/pages'], index })
  console.log(printReport(report, index))
  if (!report.committed || report.faultCount > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof SearchError)) throw error
  console.error(
    `错误：${printFault({ file: error.details.file ?? index, code: error.code, message: error.message })}`,
  )
  process.exitCode = 1
}
