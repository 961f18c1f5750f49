// What a build did: counts, every part that failed with its reason, time and speed; as data and as Chinese text.

import type { SegmenterName } from '../analysis/analyzer.ts'
import type { ItemType } from '../model/item.ts'
import { typeLabels } from '../model/labels.ts'
import type { Article } from '../schema/article.ts'
import { type Fault, printFault } from './faults.ts'

/** Faults and warnings listed one by one; beyond that they are only counted. */
const listed = 2000

export interface BuildReport {
  /** Articles in the index now. */
  articles: number
  byType: Record<ItemType, number>
  byPaper: Record<string, number>
  /** Page files and JSON Lines files. */
  files: number
  pages: number
  /** UTF-16 units of all printed texts. */
  characters: number
  /** Characters of pages that no item could claim; those longer than a label are in the page's notice. */
  unplacedCharacters: number
  /** Parts of the sources that did not become articles. At most the first 2,000; `faultCount` has them all. */
  faults: Fault[]
  faultCount: number
  warnings: Fault[]
  warningCount: number
  /** Files in folders that are neither pages nor articles, by extension. */
  ignored: Record<string, number>
  /** Articles that only `add` or a POST brought, taken over from the index before. */
  kept: number
  /** Articles of the index before that the sources do not hold any more. */
  dropped: number
  /** Pieces of stories that became one article with the piece on another page (下转, 上接). */
  joined: number
  /** False when there was nothing to index: what was there before is still served. */
  committed: boolean
  /** Of the commit; 0 without one. */
  generation: number
  segments: number
  /** Who said where words begin and end: nodejieba where it is installed, else its equal. */
  segmenter: SegmenterName
  seconds: number
  charactersPerSecond: number
}

/** Collects a report while a build runs. */
export interface ReportKeeper {
  readonly report: BuildReport
  countArticle(article: { type: ItemType; paper: string; characters: number }): void
  /** A piece, counted before, became part of a story that begins on another page. */
  countJoined(piece: { type: ItemType; paper: string }): void
  addFaults(faults: readonly Fault[]): void
  addWarnings(warnings: readonly Fault[]): void
  finish(startMs: number): BuildReport
}

export function createReportKeeper(): ReportKeeper {
  const report: BuildReport = {
    articles: 0,
    byType: { article: 0, brief: 0, photo: 0, notice: 0 },
    byPaper: {},
    files: 0,
    pages: 0,
    characters: 0,
    unplacedCharacters: 0,
    faults: [],
    faultCount: 0,
    warnings: [],
    warningCount: 0,
    ignored: {},
    kept: 0,
    dropped: 0,
    joined: 0,
    committed: false,
    generation: 0,
    segments: 0,
    segmenter: 'segmenter',
    seconds: 0,
    charactersPerSecond: 0,
  }
  const append = (list: Fault[], more: readonly Fault[]) => {
    for (const fault of more) if (list.length < listed) list.push(fault)
  }
  return {
    report,
    countArticle({ type, paper, characters }) {
      report.articles++
      report.byType[type]++
      report.byPaper[paper] = (report.byPaper[paper] ?? 0) + 1
      report.characters += characters
    },
    countJoined({ type, paper }) {
      report.articles--
      report.byType[type]--
      report.byPaper[paper]!--
      report.joined++
    },
    addFaults(faults) {
      report.faultCount += faults.length
      append(report.faults, faults)
    },
    addWarnings(warnings) {
      report.warningCount += warnings.length
      append(report.warnings, warnings)
    },
    finish(startMs) {
      report.seconds = (performance.now() - startMs) / 1000
      report.charactersPerSecond = Math.round(report.characters / Math.max(report.seconds, 0.001))
      return report
    },
  }
}

/** UTF-16 units of the printed texts of an article. */
export function printedLength(article: Article): number {
  let length =
    (article.kicker?.length ?? 0) +
    (article.headline?.length ?? 0) +
    (article.subtitle?.length ?? 0) +
    (article.caption?.length ?? 0)
  for (const paragraph of article.paragraphs) length += paragraph.length
  for (const subheading of article.subheadings ?? []) length += subheading.text.length
  return length
}

const count = (number: number) => number.toLocaleString('zh-CN')

/** The report for a person: counts first, then everything that needs attention. */
export function printReport(report: BuildReport, index: string): string {
  const lines: string[] = []
  if (report.committed) {
    const types = Object.entries(report.byType)
      .filter(([, number]) => number > 0)
      .map(([type, number]) => `${typeLabels[type as ItemType]} ${count(number)}`)
    lines.push(`已收录 ${count(report.articles)} 条（${types.join('，')}），索引在 ${index}`)
    const papers = Object.entries(report.byPaper).sort((a, b) => b[1] - a[1])
    const shown = papers.slice(0, 8).map(([paper, number]) => `${paper || '报名未知'} ${count(number)}`)
    lines.push(`报纸：${shown.join('，')}${papers.length > 8 ? ` 等 ${papers.length} 种` : ''}`)
  } else lines.push('没有可收录的文章，索引没有改动。')
  lines.push(
    `读了 ${count(report.files)} 个文件、${count(report.pages)} 个版面，${count(report.characters)} 字，` +
      `用时 ${report.seconds.toFixed(1)} 秒（每秒 ${count(report.charactersPerSecond)} 字，${report.segmenter === 'nodejieba' ? '结巴' : '内置切词器'}切词）`,
  )
  if (report.kept > 0) lines.push(`另有 ${count(report.kept)} 条只由 add 或接口加入，从旧索引留了下来`)
  if (report.dropped > 0) lines.push(`旧索引里有 ${count(report.dropped)} 条不在这次的来源里，不再收录`)
  if (report.joined > 0) lines.push(`${count(report.joined)} 条上接别版的文字与前文合成了一篇`)
  if (report.unplacedCharacters > 0)
    lines.push(`版面上有 ${count(report.unplacedCharacters)} 字没有归入任何一条`)
  const ignored = Object.entries(report.ignored)
  if (ignored.length > 0)
    lines.push(
      `不是版面也不是文章、没有读的文件：${ignored.map(([ending, n]) => `${ending} ${count(n)} 个`).join('，')}`,
    )
  lines.push(...printFaults('没有收进来的', report.faults, report.faultCount))
  lines.push(...printFaults('请留意', report.warnings, report.warningCount))
  return lines.join('\n')
}

function printFaults(title: string, faults: readonly Fault[], total: number): string[] {
  if (total === 0) return []
  const shown = faults.slice(0, 50)
  const lines = [`${title}（${count(total)} 处）：`, ...shown.map((fault) => `  ${printFault(fault)}`)]
  if (total > shown.length) lines.push(`  …… 另有 ${count(total - shown.length)} 处，用 --json 看全`)
  return lines
}
