// xunbao copy: an archive from a folder to a cluster, and back.
import type { Command } from 'commander'
import { UsageError } from './faults.ts'
import { addShapeOptions, nameOf, type Place, type ShapeOptions, shapeOf } from './options.ts'
import { printJson, printLine } from './output.ts'
import { createBar } from './progress-bar.ts'

interface CopyCommandOptions extends ShapeOptions {
  from: string
  to: string
  name?: string
  toName?: string
  json?: boolean
}

export function addCopy(program: Command): void {
  const command = program
    .command('copy')
    .description('把整个档案（不含版面文件）搬到集群上，或搬回来；中断了再运行一次，会接着搬')
    .requiredOption('--from <文件夹或地址>', '索引所在的文件夹，或集群的地址')
    .requiredOption('--to <文件夹或地址>', '搬到哪里：还没有索引的文件夹，或集群的地址')
    .option('--name <名称>', '集群上档案的名称（默认 xunbao）')
    .option('--to-name <名称>', '从集群搬到集群时，新档案的名称（默认同 --name）')
    .option('--json', '以 JSON 打印结果')
  addShapeOptions(command).action(async (options: CopyCommandOptions) => {
    const { copyArchive } = await import('../archive/copy-archive.ts')
    const bar = createBar('搬运 [{bar}] {percentage}% | {value} / {total} 篇 | 余 {eta_formatted}')
    try {
      const report = await copyArchive({
        from: toPlace(options.from, options.name),
        to: { ...toPlace(options.to, options.toName ?? options.name), ...shapeOf(options) },
        onProgress: ({ articles, total }) => bar.update(articles, total),
      })
      bar.stop()
      if (options.json) await printJson(report)
      else {
        const { articles, resumed, checksum, lists, seconds } = report
        const before = resumed > 0 ? `（其中 ${resumed} 篇上次已搬）` : ''
        const along = lists.length > 0 ? `，连同 ${lists.join('、')}` : ''
        await printLine(`搬好 ${articles} 篇${before}${along}，用 ${seconds.toFixed(1)} 秒`)
        await printLine(`两边逐篇核对一致，校验和 ${checksum}`)
      }
    } finally {
      bar.stop()
    }
  })
}

function toPlace(place: string, name?: string): Place {
  if (/^[^/\\]+:\d+$/.test(place))
    throw new UsageError(`集群的地址要写全：http://${place}（是文件夹的话，写 ./${place}）`)
  return /^https?:\/\//.test(place) ? { cluster: place, name: nameOf(name) } : { index: place }
}
