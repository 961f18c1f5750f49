// Rebuilds index-data/index from index-data/pages while a server keeps answering from the old index: for cron jobs.
// Usage: npm run rebuild [-- SOURCE...] [--force]   (exit code 1 when a part of the sources was not taken in)
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// The command itself: the same pipeline, the same threads, the same report.
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const { status } = spawnSync(process.execPath, [command, 'build', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
