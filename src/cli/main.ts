#!/usr/bin/env node
// The command line: npx xunbao.
import { readFileSync } from 'node:fs'
import { Command, type CommanderError } from 'commander'
import { addBuild } from './build.ts'
import { addAdd, addRemove } from './change.ts'
import { addCheck } from './check.ts'
import { addConfig } from './config.ts'
import { addCopy } from './copy.ts'
import { addDict } from './dict.ts'
import { reportError } from './faults.ts'
import { addAnalyze, addStats } from './inspect.ts'
import { quietBrokenPipe, tell } from './output.ts'
import { addParse } from './parse.ts'
import { addExplain, addExport, addSearch } from './search.ts'
import { addServe } from './serve.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** Commander's sentences in the language of the others. */
const usageSentences: Record<string, (error: string) => string> = {
  'commander.unknownOption': (error) => `没有这个选项：${quoted(error)}`,
  'commander.unknownCommand': (error) => `没有这个命令：${quoted(error)}`,
  'commander.missingArgument': (error) => `缺少 <${quoted(error)}>`,
  'commander.missingMandatoryOptionValue': (error) => `缺少选项：${quoted(error)}`,
  'commander.optionMissingArgument': (error) => `选项缺少值：${quoted(error)}`,
  'commander.excessArguments': () => '参数太多',
  'commander.invalidArgument': (error) => {
    const [, option = '', value = '', why = ''] =
      /'(.*?)'.*?'(.*?)'.*?(?:invalid\.|from)\s*(.*)$/s.exec(error) ?? []
    return `${option} 的值“${value}”不对${why ? `：${why.replace(/^Allowed choices are /, '可用的是 ')}` : ''}`
  },
}

function quoted(sentence: string): string {
  return /'(.*?)'/.exec(sentence)?.[1] ?? sentence
}

function createProgram(): Command {
  const program = new Command('xunbao')
    .description('寻报：中文报纸的搜索引擎')
    .version(version, '-V, --version', '版本')
    .helpOption('-h, --help', '用法')
    .helpCommand('help [命令]', '某个命令的用法')
    .addHelpText('after', '\n退出码：0 正常，1 有错误（见标准错误输出），2 用法不对。')
  for (const add of [
    addParse,
    addBuild,
    addAdd,
    addRemove,
    addSearch,
    addExplain,
    addAnalyze,
    addExport,
    addCheck,
    addStats,
    addCopy,
    addDict,
    addServe,
    addConfig,
  ])
    add(program)
  settle(program)
  return program
}

const helpTitles: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** Commands made before do not inherit these settings, so each gets them. */
function settle(command: Command): void {
  command
    .exitOverride()
    .helpOption('-h, --help', '用法')
    .configureOutput({ outputError: () => {} })
    .configureHelp({ styleTitle: (title) => helpTitles[title] ?? title })
  for (const child of command.commands) settle(child)
}

async function main(): Promise<void> {
  quietBrokenPipe()
  const program = createProgram()
  try {
    if (process.argv.length <= 2) {
      tell(program.helpInformation())
      process.exitCode = 2
      return
    }
    await program.parseAsync()
  } catch (error) {
    const { code = '', message = '' } = error as Partial<CommanderError>
    const sentence = usageSentences[code]
    if (sentence) tell(`用法不对：${sentence(message)}\n见 npx xunbao --help`)
    process.exitCode = reportError(error)
  }
}

await main()
