// xunbao parse: page files to items, as JSON for programs or as a reading of the page for a person.

import type { Command } from 'commander'
import { findSources } from '../ingest/source-files.ts'
import type { Page } from '../model/item.ts'
import { typeLabels } from '../model/labels.ts'
import { tellFaults, tellWarnings, UsageError } from './faults.ts'
import { dim, printJson, printLine } from './output.ts'

interface ParseOptions {
  json?: boolean
  reasons?: boolean
  paper?: string
}

export function addParse(program: Command): void {
  program
    .command('parse')
    .description('把版面文件（TXT、PDF）拆成文章、简讯、图片、公告')
    .argument('<文件...>', '版面文件或文件夹')
    .option('--json', '每版一行 JSON')
    .option('--reasons', '说明每块文字为何归在那里')
    .option('--paper <报名>', '报纸名称，版面上没有印时用')
    .action(async (files: string[], options: ParseOptions) => {
      const { readPageFile } = await import('../ingest/page-file.ts')
      const { createPageReader } = await import('../ingest/page-reader.ts')
      const reader = createPageReader()
      const found = findSources(files)
      let faults = found.faults.length
      tellFaults(found.faults)
      for (const { path, kind } of found.files) {
        if (kind === 'lines') throw new UsageError(`${path} 是 JSON Lines，已经是文章，不用拆`)
        const twin = found.twins.get(path)
        const answer = await readPageFile(
          {
            path,
            ...(options.paper !== undefined && { paper: options.paper }),
            ...(options.reasons !== undefined && { reasons: options.reasons }),
            ...(twin !== undefined && { twin }),
          },
          reader.readFile,
        )
        tellFaults(answer.faults)
        tellWarnings(answer.warnings)
        faults += answer.faults.length
        for (const page of answer.pages) {
          if (options.json) await printJson(page)
          else await printLine(viewPage(page, path))
        }
      }
      reader.close()
      if (faults > 0) process.exitCode = 1
    })
}

function viewPage({ page, items, unplaced, reasons }: Page, path: string): string {
  const place = [
    page.paper || '报名未知',
    page.date || '日期未知',
    page.pageNo > 0 ? `第 ${page.pageNo} 版` : '版次未知',
  ]
  const lines = [`${path}`, [...place, page.section ?? ''].filter(Boolean).join('  ')]
  for (const [role, name] of Object.entries(page.staff ?? {})) lines.push(dim(`  ${role} ${name}`))
  for (const item of items) {
    lines.push('', `【${typeLabels[item.type]} ${item.id}】${item.headline ?? ''}`)
    if (item.kicker) lines.push(`  引题：${item.kicker}`)
    if (item.subtitle) lines.push(`  副题：${item.subtitle}`)
    for (const { role, names } of item.bylines ?? []) lines.push(`  ${role || '署名'}：${names.join('、')}`)
    if (item.signature) lines.push(`  署名：${item.signature}`)
    if (item.credits && item.credits.length > 0) lines.push(`  图：${item.credits.join('、')}`)
    if (item.caption) lines.push(`  ${item.caption}`)
    const subheadings = item.subheadings ?? []
    for (const [i, paragraph] of item.paragraphs.entries()) {
      for (const { text, beforeParagraph } of subheadings)
        if (beforeParagraph === i) lines.push(`  ◆ ${text}`)
      lines.push(`  ${paragraph}`)
    }
    if (item.sourceLines)
      lines.push(
        dim(
          `  原文第 ${item.sourceLines.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join('、')} 行`,
        ),
      )
  }
  if (unplaced && unplaced.length > 0) {
    lines.push('', '【没有归入任何一条的文字】')
    for (const {
      lines: [from, to],
      text,
    } of unplaced)
      lines.push(`  第 ${from}–${to} 行：${text}`)
  }
  if (reasons && reasons.length > 0)
    lines.push('', '【归类的理由】', ...reasons.map((reason) => `  ${reason}`))
  return `${lines.join('\n')}\n`
}
