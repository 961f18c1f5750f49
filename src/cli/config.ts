// xunbao config: which settings are in force, and where each came from.
import type { Command } from 'commander'
import { withoutPasswords } from '../cluster/names.ts'
import {
  describeSetting,
  readConfiguration,
  type SettingName,
  settingNames,
  variableOf,
} from './configuration.ts'
import { dim, printJson, printLine } from './output.ts'

const secret: ReadonlySet<SettingName> = new Set(['token', 'tokens'])

export function addConfig(program: Command): void {
  program
    .command('config')
    .description('列出正在用的设置和各自的来处；口令不显示')
    .option('--config <文件>', '设置文件，默认是当前文件夹的 xunbao.config.json')
    .option('--json', '输出 JSON')
    .action(async ({ config, json }: { config?: string; json?: boolean }) => {
      const { settings, origins, tokens } = readConfiguration({}, config)
      const shown = (name: SettingName): unknown => {
        if (name === 'tokens' || (secret.has(name) && settings[name] !== undefined))
          return tokens.map((token) => `${token.name}（${token.scopes.join('、')}）`)
        if (name === 'cluster') return settings.cluster && withoutPasswords(settings.cluster)
        return settings[name]
      }
      if (json) {
        const all = settingNames.map((name) => [name, { value: shown(name) ?? null, from: origins[name] }])
        await printJson(Object.fromEntries(all))
        return
      }
      for (const name of settingNames) {
        const value = shown(name)
        const told =
          value === undefined
            ? '（没有）'
            : Array.isArray(value)
              ? value.join('，') || '（没有）'
              : String(value)
        await printLine(
          `${name} = ${told}  ${dim(`${origins[name]}；${describeSetting(name)}；${variableOf(name)}`)}`,
        )
      }
    })
}
