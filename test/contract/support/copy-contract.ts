// What a copy of an archive promises, whatever lies at either end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildArchive } from '../../../src/archive/build-archive.ts'
import { type CopyPlace, copyArchive } from '../../../src/archive/copy-archive.ts'
import { openArchive } from '../../../src/archive/open-archive.ts'
import type { Archive } from '../../../src/archive/port.ts'
import { changeUserWords } from '../../../src/archive/user-words.ts'

const count = 230

/** An archive with what sources brought, what was added since, a page and an editor's words. */
async function fillFolder(index: string): Promise<void> {
  const articles = Array.from({ length: count - 1 }, (_, i) => ({
    id: `第${i}篇`,
    title: `社区新闻${i}`,
    body: `脱贫攻坚第${i}日，社区里人来人往。`,
    date: `20${10 + (i % 9)}-03-0${1 + (i % 9)}`,
    paper: i % 2 === 0 ? '县报' : '市报',
    page: 1 + (i % 4),
  }))
  await buildArchive({ articles: articles.slice(0, 200), index })
  const archive = await openArchive({ index })
  await archive.add(articles.slice(200))
  await archive.addPage(Buffer.from('今日魏都\n2018-11-07\n\n云上社区开张\n\n　　今天，云上社区开张了。\n'), {
    paper: '今日魏都',
    date: '2018-11-07',
    pageNo: 3,
  })
  await archive.close()
  await changeUserWords(index, { add: ['人来人往'] })
  writeFileSync(join(index, 'synonyms.txt'), '扶贫, 脱贫\n')
}

/** @param place a new empty place with each call */
export function describeCopies(title: string, place: (folder: string) => CopyPlace): void {
  describe(title, () => {
    let folder: string
    let index: string
    let folders = 0
    const newFolder = () => join(folder, `n${folders++}`)
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'xunbao-copy-'))
      index = newFolder()
      await fillFolder(index)
    }, 120_000)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    /** Equal ranks may come in another order on a cluster. */
    const answers = async (archive: Archive) => {
      const ids: string[] = []
      for await (const { id } of archive.exportHits({ q: '社区' })) ids.push(id)
      const { types, papers, from, to } = archive.stats()
      return { ids: ids.sort(), types, papers, from, to }
    }
    const open = (where: CopyPlace) => openArchive(where)

    it('takes every article with its origin and the lists there and back, and answers the same', async () => {
      const there = place(newFolder())
      const back = { index: newFolder() }
      const report = await copyArchive({ from: { index }, to: there })
      expect(report).toMatchObject({ resumed: 0, lists: ['dict.txt', 'synonyms.txt'] })
      const returned = await copyArchive({ from: there, to: back })
      expect(returned.articles).toBe(report.articles)
      expect(returned.checksum).toBe(report.checksum)
      const archives = await Promise.all([open({ index }), open(there), open(back)])
      const [first, ...others] = await Promise.all(archives.map(answers))
      expect(report.articles).toBe(archives[0]!.stats().articles)
      expect(first!.ids.length).toBe(count)
      for (const other of others) expect(other).toEqual(first)
      for (const archive of archives) {
        const words = (await archive.analyze('人来人往')).words
        expect(words.map(({ text }) => text)).toEqual(['人来人往'])
        await archive.close()
      }
      // What was only added is kept by a rebuild of the copy, what came from sources is not.
      await buildArchive({ articles: [{ id: '新', title: '新社区', body: '新。' }], ...back, force: true })
      const rebuilt = await open(back)
      await expect(rebuilt.article('第205篇')).resolves.toMatchObject({ headline: '社区新闻205' })
      await expect(rebuilt.article('第5篇')).rejects.toMatchObject({ code: 'ARTICLE_UNKNOWN' })
      await rebuilt.close()
    })

    it('that was cut off shows nothing of itself, and goes on where it was', async () => {
      const to = place(newFolder())
      const cut = copyArchive({
        from: { index },
        to,
        articlesPerStep: 50,
        onProgress: ({ articles }) => {
          if (articles === 175) throw new Error('断电')
        },
      })
      await expect(cut).rejects.toThrow('断电')
      await expect(open(to)).rejects.toMatchObject({ code: 'INDEX_MISSING' })
      const report = await copyArchive({ from: { index }, to, articlesPerStep: 50 })
      expect(report.resumed).toBe(150)
      const whole = await copyArchive({ from: { index }, to: place(newFolder()) })
      expect(report).toMatchObject({ articles: whole.articles, checksum: whole.checksum })
      const archive = await open(to)
      const original = await open({ index })
      expect(await answers(archive)).toEqual(await answers(original))
      await archive.close()
      await original.close()
    })

    it('begins anew when the source has changed since it was cut off', async () => {
      const from = { index: newFolder() }
      await fillFolder(from.index)
      const to = place(newFolder())
      const cut = copyArchive({
        from,
        to,
        articlesPerStep: 50,
        onProgress: ({ articles }) => {
          if (articles === 175) throw new Error('断电')
        },
      })
      await expect(cut).rejects.toThrow('断电')
      const changed = await openArchive(from)
      await changed.remove(['第1篇'])
      await changed.close()
      const report = await copyArchive({ from, to })
      expect(report).toMatchObject({ resumed: 0, articles: count - 1 })
      const archive = await open(to)
      expect(archive.stats().articles).toBe(count - 1)
      await archive.close()
    })

    it('is refused where there is an archive already, and that one stays as it was', async () => {
      const to = place(newFolder())
      await copyArchive({ from: { index }, to })
      await expect(copyArchive({ from: { index }, to })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
      const archive = await open(to)
      expect(archive.stats().articles).toBe(count)
      await archive.close()
    })

    it('is refused where there is nothing to copy', async () => {
      await expect(
        copyArchive({ from: { index: join(folder, '没有') }, to: place(newFolder()) }),
      ).rejects.toMatchObject({ code: 'INDEX_MISSING' })
    })
  })
}
