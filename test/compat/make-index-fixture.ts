// Makes the small index that later versions must open or refuse by name: npx tsx test/compat/make-index-fixture.ts FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import type { IndexDocument } from '../../src/index/segment/document.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import { boundaryCount, columns, documentOf } from '../unit/index/random-documents.ts'

const [directory] = process.argv.slice(2)
if (!directory) throw new Error('usage: test/compat/make-index-fixture.ts FOLDER')
mkdirSync(directory, { recursive: true })
const documents: IndexDocument[] = []
for (let i = 0; i < 160; i++) {
  const parts = [
    '社区',
    i % 3 === 0 ? '养老\n' : '服务',
    String(i % 40),
    i % 50 === 0 ? '罕见\ud83d\ude00' : '',
  ]
  documents.push(documentOf(`文-${i}`, parts.join(''), i))
}
const writer = await openIndexWriter(directory, { keepMilliseconds: 0 })
for (const part of [documents.slice(0, 150), documents.slice(140)]) {
  const builder = createSegmentBuilder({ signature: 'compat', boundaryCount, columns })
  for (const document of part) builder.add(document)
  await writer.commit({ add: [builder.write(directory, writer.newSegmentName())] })
}
await writer.commit({ removeIds: ['文-3', '文-155'] })
await writer.close()
const left = documents.filter(({ id }) => id !== '文-3' && id !== '文-155')
writeFileSync(
  join(directory, 'documents.json'),
  JSON.stringify(left.map((document) => ({ ...document, impacts: Array.from(document.impacts) }))),
)
