// How a command ends: 0 fine, 1 a fault named on standard error, 2 wrong usage; never with a stack trace.
import { CommanderError } from 'commander'
import { type Fault, printFault } from '../ingest/faults.ts'
import { SearchError } from '../model/errors.ts'
import { tell } from './output.ts'

/** The person typed something that no run of this command can mean. */
export class UsageError extends Error {}

/** Says what went wrong and gives the exit code. XUNBAO_DEBUG=1 also prints where in the program. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const debug = process.env.XUNBAO_DEBUG === '1'
  if (error instanceof UsageError) {
    tell(`用法不对：${error.message}`)
    return 2
  }
  if (error instanceof SearchError) {
    tell(`错误：${error.message}${hintFor(error)}`)
  } else {
    const message = error instanceof Error ? error.message : String(error)
    tell(`错误：${message}`)
    if (!debug) tell('（这是程序没有料到的错误；设 XUNBAO_DEBUG=1 再运行可见详情）')
  }
  if (debug && error instanceof Error) tell(error.stack ?? '')
  return 1
}

function hintFor(error: SearchError): string {
  if (error.code === 'INDEX_MISSING') return '\n先建索引：npx xunbao build'
  if (error.code === 'INDEX_CORRUPT') return '\n查看详情：npx xunbao check；重建：npx xunbao build'
  if (error.code === 'INDEX_FORMAT') return '\n用这个版本重建：npx xunbao build'
  return ''
}

/** Names each fault on standard error. */
export function tellFaults(faults: readonly Fault[]): void {
  for (const fault of faults) tell(`错误：${printFault(fault)}`)
}

export function tellWarnings(warnings: readonly Fault[]): void {
  for (const warning of warnings) tell(`注意：${printFault(warning)}`)
}
