// Sees to it that every id of one build is used once, and that no article is lost to another with the same id.
import type { Article } from '../schema/article.ts'
import { contentHash } from './article-id.ts'

/**
 * new: first article with its id. repeat: the same article again, to be left out. replacement: another article with
 * an id that its file gave on purpose, to be indexed instead of the earlier one. renamed: another article with an id
 * made by us; it has an id of its own now.
 */
export interface Admission {
  fate: 'new' | 'repeat' | 'replacement' | 'renamed'
  id: string
}

export interface IdRegister {
  readonly size: number
  has(id: string): boolean
  /** `content` is what `contentOf` says. */
  admit(candidate: { id: string; hasOwnId: boolean; content: string }): Admission
}

export function createIdRegister(): IdRegister {
  const contents = new Map<string, number>()
  return {
    get size() {
      return contents.size
    },
    has: (id) => contents.has(id),
    admit({ id, hasOwnId, content }) {
      const digest = Number.parseInt(content, 16)
      const known = contents.get(id)
      if (known === digest) return { fate: 'repeat', id }
      if (known === undefined || hasOwnId) {
        contents.set(id, digest)
        return { fate: known === undefined ? 'new' : 'replacement', id }
      }
      // The content names it, so that the id stays the same when other files come and go.
      const ownId = `${id}-${content.slice(0, 8)}`
      if (contents.get(ownId) === digest) return { fate: 'repeat', id: ownId }
      contents.set(ownId, digest)
      return { fate: 'renamed', id: ownId }
    },
  }
}

/**
 * What makes two articles the same, whichever file they were read from, as 13 hex digits: 52 bits, so that a million
 * articles share one with a chance of one in ten thousand.
 */
export function contentOf(article: Article): string {
  const printed = [
    article.type,
    article.kicker,
    article.headline,
    article.subtitle,
    article.paragraphs,
    article.caption,
    article.paper,
    article.date,
    article.pageNo,
    article.section,
    article.bylines,
    article.signature,
    article.credits,
    article.subheadings,
    article.tags,
  ]
  return contentHash([JSON.stringify(printed)], 13)
}
