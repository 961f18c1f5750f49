// Options that several commands share, with the checks a person wants before anything is opened.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { isCalendarDay } from '../model/calendar.ts'
import { interpretations } from '../model/hit.ts'
import { itemTypes } from '../model/item.ts'
import { filterEntries, type SearchRequest, sortOrders } from '../schema/search-request.ts'
import { UsageError } from './faults.ts'
import { defaultIndex } from './places.ts'

/** Where an archive lies: in a folder, or on a cluster under a name. */
export type Place = { index: string } | { cluster: string; name: string }

export interface PlaceOptions {
  index?: string
  cluster?: string
  name?: string
}

export function addIndexOption(command: Command): Command {
  const usual = process.env.XUNBAO_INDEX || defaultIndex
  return command.addOption(new Option('--index <文件夹>', `索引所在的文件夹（默认 ${usual}）`))
}

/** For commands that work on either kind of archive. */
export function addPlaceOptions(command: Command): Command {
  return addIndexOption(command)
    .option('--cluster <地址>', '在 OpenSearch 集群上，如 http://127.0.0.1:9200；也可设 XUNBAO_CLUSTER')
    .option('--name <名称>', '集群上档案的名称（默认 xunbao）')
}

/** How the indices of an archive on a cluster are laid out. */
export interface ShapeOptions {
  shards?: number
  replicas?: number
  split?: 'none' | 'year' | 'paper'
}

export function addShapeOptions(command: Command): Command {
  return command
    .option('--shards <数目>', '集群上每个索引分成几片', (text) => parseWhole(text, 1, 1024))
    .option('--replicas <数目>', '集群上每片另存几份', (text) => parseWhole(text, 0, 10))
    .addOption(
      new Option('--split <方式>', '集群上按年或按报各建一个索引').choices(['none', 'year', 'paper']),
    )
}

export function shapeOf({ shards, replicas, split }: ShapeOptions): ShapeOptions {
  return {
    ...(shards !== undefined && { shards }),
    ...(replicas !== undefined && { replicas }),
    ...(split !== undefined && { split }),
  }
}

/** Options win over the environment; with a folder named on the command line the cluster of the environment is not meant. */
export function placeOf({ index, cluster, name }: PlaceOptions): Place {
  if (index !== undefined && cluster !== undefined) throw new UsageError('--index 和 --cluster 只能给一个')
  const address = cluster ?? (index === undefined ? process.env.XUNBAO_CLUSTER : undefined)
  if (address) return { cluster: address, name: nameOf(name) }
  return { index: folderOf({ index }) }
}

/** What an archive on a cluster is called. */
export function nameOf(name: string | undefined): string {
  return name ?? (process.env.XUNBAO_NAME || 'xunbao')
}

/** The folder of an index on this machine. */
export function folderOf({ index }: { index?: string | undefined }): string {
  return index ?? (process.env.XUNBAO_INDEX || defaultIndex)
}

/** How long a command that writes waits for another one. */
export function addWaitOption(command: Command): Command {
  return command.option('--wait <秒>', '另一个程序在写时等多久', (text) => parseWhole(text, 0, 86_400), 30)
}

export type FilterOptions = Pick<SearchRequest, keyof typeof filterEntries>

/** The filters of a search, as `/api/search` has them. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--from <日期>', '起始日期 YYYY-MM-DD，含当天', parseDay)
    .option('--to <日期>', '截止日期 YYYY-MM-DD，含当天', parseDay)
    .addOption(new Option('--type <体裁...>', '体裁，可给几个').choices([...itemTypes]))
    .option('--paper <报名...>', '报纸')
    .option('--section <栏目...>', '版面名称或栏目')
    .option('--author <姓名...>', '作者')
    .option('--tag <标签...>', '标签')
    .option('--page-no <版次>', '第几版', (text) => parseWhole(text, 1))
    .addOption(new Option('--sort <次序>', '次序').choices([...sortOrders]))
    .option('--strict', '只找与所输入完全相同的文字，不放宽')
    .addOption(new Option('--reading <读法>', '原样、含全部词、含部分词').choices([...interpretations]))
}

/** The request of a query text with its filters; options that were not given stay away. */
export function toRequest(q: string, options: FilterOptions): SearchRequest {
  const { from, to } = options
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError(`--from ${from} 晚于 --to ${to}`)
  const filters = (Object.keys(filterEntries) as (keyof FilterOptions)[])
    .filter((name) => options[name] !== undefined)
    .map((name) => [name, options[name]])
  return { q, ...Object.fromEntries(filters) }
}

/**
 * A query may begin with a minus sign (-养老), which the shell's habit takes for an option. Such words come here
 * unparsed; what looks like a misspelt option is refused rather than searched.
 */
export function toQuery(words: readonly string[]): string {
  for (const word of words)
    if (/^--?[A-Za-z]/.test(word)) throw new UsageError(`没有选项 ${word}（要检索它，请写成 '"${word}"'）`)
  return words.join(' ')
}

export function parseWhole(text: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < minimum || number > maximum)
    throw new InvalidArgumentError(
      `应是 ${minimum} ${maximum === Number.MAX_SAFE_INTEGER ? '以上' : `到 ${maximum}`}的整数。`,
    )
  return number
}

function parseDay(text: string): string {
  if (!isCalendarDay(text)) throw new InvalidArgumentError('应是 YYYY-MM-DD。')
  return text
}
