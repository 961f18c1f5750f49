// What an archive answers about paper: pages as pictures, articles cut out, the PDFs themselves.
import type { Snapshot } from '../index/directory/reader.ts'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import { articlesOfPage, type Place, storedArticle } from '../schema/stored-articles.ts'
import type { PagePrints } from './page-prints.ts'
import type { Archive } from './port.ts'

type WithSnapshot = <T>(work: (snapshot: Snapshot) => Promise<T>) => Promise<T>

/** The methods of the port that stand on the PDFs behind the articles. `known` throws ARTICLE_UNKNOWN. */
export function printedPages(
  prints: PagePrints,
  withSnapshot: WithSnapshot,
  known: (snapshot: Snapshot, id: string) => Place,
): Pick<Archive, 'print' | 'picture' | 'clip' | 'pdf'> {
  /** An article of a page that was read from a PDF. */
  function printedAt(paper: string, date: string, pageNo: number): Promise<Article> {
    return withSnapshot(async (snapshot) => {
      const articles = articlesOfPage(snapshot, { paper, date, pageNo })
      const printed = articles.find((article) => prints.fileOf(article) !== undefined)
      if (printed === undefined)
        throw new SearchError('ARTICLE_UNKNOWN', `这一版没有 PDF：${paper} ${date} 第 ${pageNo} 版`)
      return printed
    })
  }

  return {
    print: prints.print,
    picture: async (paper, date, pageNo, width) =>
      prints.picture(await printedAt(paper, date, pageNo), width),
    clip: async (id) =>
      prints.clip(await withSnapshot(async (snapshot) => storedArticle(known(snapshot, id)))),
    pdf: async (paper, date, pageNo) => ({
      path: prints.fileOf(await printedAt(paper, date, pageNo))!,
    }),
  }
}
