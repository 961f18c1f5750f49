// xunbao analyze and stats: what the index makes of a text, and what it holds.
import type { Command } from 'commander'
import type { AnalysisView } from '../archive/port.ts'
import { currentGeneration } from '../index/directory/snapshot.ts'
import { typeLabels } from '../model/labels.ts'
import { addPlaceOptions, type PlaceOptions, placeOf } from './options.ts'
import { printJson, printLine, tell } from './output.ts'
import { withArchive } from './search.ts'

interface InspectOptions extends PlaceOptions {
  json?: boolean
}

export function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .description('看一段文字怎样规范、怎样切词')
    .argument('<文字...>')
    .allowUnknownOption()
    .option('--json', '结果为 JSON，与 /api/analyze 相同')
  addPlaceOptions(command).action(async (texts: string[], options: InspectOptions) => {
    const view = await analyze(texts.join(' '), options)
    if (options.json) {
      await printJson(view)
      return
    }
    await printLine(`规范后：${view.normalized}`)
    await printLine(`切词：${view.words.map(({ text }) => text).join(' / ')}`)
    for (const { text, subwords } of view.words)
      if (subwords.length > 0) await printLine(`  ${text} 含有 ${subwords.join('、')}`)
    for (const note of view.notes) await printLine(`  ${note}`)
  })
}

/** With the words of the index where there is one; a text can be looked at before anything is built. */
async function analyze(text: string, options: PlaceOptions): Promise<AnalysisView> {
  const place = placeOf(options)
  if ('cluster' in place || currentGeneration(place.index) !== null)
    return withArchive(options, (archive) => archive.analyze(text))
  const { createAnalyzer } = await import('../analysis/analyzer.ts')
  const { normalize } = await import('../normalize/normalize.ts')
  const normalized = normalize(text)
  return {
    text,
    normalized: normalized.text,
    words: createAnalyzer()
      .cut(normalized.text)
      .map(({ text: word, start, end, subwords }) => ({
        text: word,
        span: [normalized.starts[start]!, normalized.ends[end - 1]!] as const,
        subwords: subwords.map((subword) => subword.text),
      })),
    notes: [`没有索引（${place.index}）：只用了基本词典`],
  }
}

export function addStats(program: Command): void {
  const command = program.command('stats').description('库里有多少、占多大').option('--json', '结果为 JSON')
  addPlaceOptions(command).action(async (options: InspectOptions) => {
    await withArchive(options, async (archive) => {
      const stats = archive.stats()
      if (options.json) {
        await printJson(stats)
        return
      }
      const list = (values: { value: string; count: number }[], names: Record<string, string> = {}) =>
        values.map(({ value, count }) => `${names[value] ?? (value || '未知')} ${count}`).join('，')
      await printLine(`文章：${stats.articles} 条（${list(stats.types, typeLabels)}）`)
      await printLine(`报纸：${list(stats.papers)}`)
      if (stats.from) await printLine(`日期：${stats.from} 至 ${stats.to}`)
      await printLine(
        `索引：${(stats.bytes / 1e6).toFixed(1)} MB，${stats.segments} 段，第 ${stats.generation} 次提交`,
      )
      for (const { segment, message } of stats.faults) tell(`错误：${segment}：${message}`)
      if (stats.faults.length > 0) process.exitCode = 1
    })
  })
}
