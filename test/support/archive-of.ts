// Makes an archive of given articles in a temporary folder, for tests that ask it as a reader would.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import { openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import type { Article } from '../../src/schema/article.ts'
import { builderOptions, createDocumentConverter } from '../../src/schema/index-document.ts'

export interface TestArchive {
  archive: Archive
  directory: string
  /** Closes the archive and removes its folder. */
  dispose(): Promise<void>
}

/** @param segmentCount the articles are spread over so many segments */
export async function archiveOf(articles: readonly Article[], segmentCount = 1): Promise<TestArchive> {
  const directory = mkdtempSync(join(tmpdir(), 'xunbao-test-'))
  const analyzer = createAnalyzer()
  const convert = createDocumentConverter(analyzer)
  const writer = await openIndexWriter(directory)
  const size = Math.max(1, Math.ceil(articles.length / segmentCount))
  const segments = []
  for (let from = 0; from === 0 || from < articles.length; from += size) {
    const builder = createSegmentBuilder(builderOptions(analyzer))
    for (const article of articles.slice(from, from + size)) builder.add(convert(article))
    segments.push(builder.write(directory, writer.newSegmentName()))
  }
  await writer.commit({ add: segments, replaceAll: true })
  await writer.close()
  const archive = await openArchive({ index: directory })
  return {
    archive,
    directory,
    async dispose() {
      await archive.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
