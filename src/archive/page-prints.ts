// The printed pages behind the articles: where their PDFs lie, pictures of them, and where on them things stand.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { readBuildNote } from '../ingest/build-note.ts'
import { createPageReader, type PageReader } from '../ingest/page-reader.ts'
import { SearchError } from '../model/errors.ts'
import { type PrintLayout, type RenderTask, type Stand, turned } from '../page/pdf/render-page.ts'
import type { PagePrint, PageView, Picture, PictureWidth } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'
import { createPictureCache } from './picture-cache.ts'
import { findOnPage } from './print-hits.ts'

export interface PagePrints {
  /** The PDF that an article was read from; undefined where there is none, or no more. */
  fileOf(article: Article): string | undefined
  /** null also where the PDF cannot be read just now: the text of the page is there all the same. */
  print(page: PageView): Promise<PagePrint | null>
  picture(article: Article, width: PictureWidth): Promise<Picture>
  clip(article: Article): Promise<Picture>
  /** Keeps a PDF that came without a file; its name is the `source` of its articles. */
  keep(bytes: Uint8Array): string | undefined
  close(): void
}

/** Pages that came by themselves lie here, below the index. */
const keptFolder = 'page-files'
const cacheFolder = 'pictures'
const usualCacheBytes = 512 * 2 ** 20
/** More pictures than this are not waited for. */
const mostWaiting = 40
/** Small pictures are asked for in lists: they are drawn alone, which takes a third of the time. */
const drawnTogether: Record<PictureWidth, readonly PictureWidth[]> = {
  400: [400],
  800: [800, 1600],
  1600: [800, 1600],
}

/** A storage in memory has no files beside it. */
export function createPagePrints(
  directory: string,
  storage: Storage,
  cacheBytes = usualCacheBytes,
): PagePrints {
  const isOnDisk = storage === nodeStorage
  const cache = createPictureCache(join(directory, cacheFolder), cacheBytes)
  // Whoever opens a page does not wait for the small pictures of a list.
  let forPages: PageReader | undefined
  const forPictures: PageReader[] = []
  let turn = 0
  const running = new Map<string, Promise<unknown>>()
  let roots: { of: number; paths: string[] } | undefined

  /** Source folders as the last rebuild noted them, and the index itself. */
  function rootPaths(): string[] {
    const changed = modifiedAt(join(directory, 'build.json'))
    if (roots?.of !== changed)
      roots = {
        of: changed,
        paths: [directory, ...readBuildNote(directory, storage).roots].map((one) => resolve(one)),
      }
    return roots.paths
  }

  function fileOf({ source }: Article): string | undefined {
    if (!isOnDisk || source === undefined || !/\.pdf$/i.test(source)) return undefined
    for (const root of rootPaths()) {
      const path = resolve(root, source)
      // A source is a path below its root, whatever an article claims.
      if (path.startsWith(root.endsWith(sep) ? root : root + sep) && existsSync(path)) return path
    }
    return undefined
  }

  /** Several readers who ask for the same thing wait for one piece of work. */
  function once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const known = running.get(key)
    if (known) return known as Promise<T>
    if (running.size >= mostWaiting) throw new SearchError('BUSY', '正在画的版面图太多，请稍候再试')
    const begun = work().finally(() => running.delete(key))
    running.set(key, begun)
    return begun
  }

  function known(article: Article): { path: string; sheet: number; key: string } {
    const path = fileOf(article)
    if (path === undefined) throw new SearchError('ARTICLE_UNKNOWN', '这一版没有 PDF', { id: article.id })
    const { size, mtimeMs } = statSync(path)
    const sheet = article.sheet ?? 1
    return { path, sheet, key: [path, size, mtimeMs, sheet].join(' ') }
  }

  function pageReader(): PageReader {
    forPages ??= createPageReader()
    return forPages
  }

  /** One after the other, in as many processes as there are cores, but two at most: searching wants cores, too. */
  function pictureReader(): PageReader {
    turn = (turn + 1) % Math.min(2, availableParallelism())
    const reader = forPictures[turn] ?? createPageReader()
    forPictures[turn] = reader
    return reader
  }

  /** Draws, with what is known of the page, and keeps what became known. */
  async function draw(
    reader: PageReader,
    path: string,
    key: string,
    task: RenderTask,
  ): Promise<Uint8Array[]> {
    const known = keptLayout(key)
    // Where things are printed is of no use for drawing, and long.
    const { lines: _lines, ...stand } = known ?? {}
    const { pictures, layout } = await reader.render(path, {
      ...task,
      ...(known && { stand: stand as Stand }),
    })
    if (layout) keepLayout(key, layout)
    return pictures
  }

  function keptLayout(key: string): PrintLayout | undefined {
    const kept = cache.get(`layout ${key}`)
    return kept && (JSON.parse(Buffer.from(kept).toString('utf8')) as PrintLayout)
  }

  function keepLayout(key: string, layout: PrintLayout): void {
    cache.set(`layout ${key}`, Buffer.from(JSON.stringify(layout)))
  }

  async function layoutOf(article: Article): Promise<PrintLayout> {
    const { path, sheet, key } = known(article)
    const kept = keptLayout(key)
    if (kept) return kept
    return once(`layout ${key}`, async () => {
      const layout = await pageReader().layout(path, sheet)
      keepLayout(key, layout)
      return layout
    })
  }

  const toPicture = (key: string, bytes: Uint8Array): Picture => ({
    bytes,
    type: 'image/webp',
    tag: `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`,
  })

  return {
    fileOf,
    async print(page) {
      const printed = page.articles.find((article) => fileOf(article) !== undefined)
      if (!printed) return null
      const layout = await layoutOf(printed).catch(() => null)
      if (!layout) return null
      const { width, height, matrix, lines } = layout
      const placed = page.articles.map((item) => ({
        item,
        boxes: (item.boxes ?? []).map((box) => turned(box, matrix)),
      }))
      return {
        sheet: { width, height },
        items: placed.map(({ item, boxes }) => ({ id: item.id, boxes })),
        hits: placed.flatMap(({ item, boxes }) => findOnPage(lines, boxes, item)),
      }
    },
    async picture(article, width) {
      const { path, sheet, key } = known(article)
      const nameOf = (one: number) => `picture ${one} ${key}`
      const kept = cache.get(nameOf(width))
      if (kept) return toPicture(nameOf(width), kept)
      const widths = drawnTogether[width]
      const pictures = await once(`pictures ${widths.join()} ${key}`, async () => {
        const drawn = await draw(pictureReader(), path, key, { sheet, widths })
        for (const [at, one] of widths.entries()) cache.set(nameOf(one), drawn[at]!)
        return drawn
      })
      return toPicture(nameOf(width), pictures[widths.indexOf(width)]!)
    },
    async clip(article) {
      const { path, sheet, key } = known(article)
      const clip = article.boxes ?? []
      if (clip.length === 0)
        throw new SearchError('ARTICLE_UNKNOWN', '不知道这一篇印在版面何处', { id: article.id })
      const name = `clip ${JSON.stringify(clip)} ${key}`
      const kept = cache.get(name)
      if (kept) return toPicture(name, kept)
      const picture = await once(name, async () => {
        const [drawn] = await draw(pageReader(), path, key, { sheet, clip })
        cache.set(name, drawn!)
        return drawn!
      })
      return toPicture(name, picture)
    },
    keep(bytes) {
      if (!isOnDisk || !Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) return undefined
      const name = `${keptFolder}/${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.pdf`
      const path = join(directory, name)
      if (!existsSync(path)) {
        if (!existsSync(join(directory, keptFolder))) mkdirSync(join(directory, keptFolder))
        writeFileSync(path, bytes, { flush: true })
      }
      return name
    },
    close() {
      for (const reader of [forPages, ...forPictures]) reader?.close()
    },
  }
}

function modifiedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}
