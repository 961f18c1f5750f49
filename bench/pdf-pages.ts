// How many PDF pages a second: processor time per page of a folder of PDFs, extraction and layout apart.
import fs from 'node:fs'
import path from 'node:path'
import { extractSheets } from '../src/page/pdf/extract.ts'
import { readSheetPage } from '../src/page/pdf/read-pdf.ts'

const folder = process.argv[2] ?? '../shared/pages'
if (!fs.existsSync(folder)) {
  console.log(`没有 ${folder}，跳过：请给出一个装有 PDF 版面的文件夹。`)
  process.exit(0)
}
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.pdf'))
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function main(): Promise<void> {
  const extraction: number[] = []
  const layout: number[] = []
  // The first round warms the compiler up and is not counted.
  for (let round = 0; round < 2; round++) {
    for (const name of files) {
      const bytes = new Uint8Array(fs.readFileSync(path.join(folder, name)))
      const start = cpuMs()
      const sheets = await extractSheets(bytes, name)
      const extracted = cpuMs()
      for (const sheet of sheets) readSheetPage(sheet, {}, false)
      if (round === 0) continue
      extraction.push((extracted - start) / sheets.length)
      layout.push((cpuMs() - extracted) / sheets.length)
    }
  }
  const total = middle(extraction) + middle(layout)
  console.log(
    `${files.length} 个文件；每页处理器时间（中位数）：抽取 ${middle(extraction).toFixed(0)} 毫秒，排版分析 ${middle(layout).toFixed(0)} 毫秒；每秒 ${(1000 / total).toFixed(1)} 页`,
  )
  console.log(
    `最慢：抽取 ${Math.max(...extraction).toFixed(0)} 毫秒，排版分析 ${Math.max(...layout).toFixed(0)} 毫秒`,
  )
}

void main()
