// Sees to it that every id of one build is used once, and that no article is lost to another with the same id.
import type { Article } from '../schema/article.ts'
import { contentHash } from './article-id.ts'

/**
 * new: first article with its id. repeat: the same article again, to be left out. replacement: another article with
 * an id that its file gave on purpose, to be indexed instead of the earlier one. renamed: another article with an id
 * made by us; it has got an id of its own now.
 */
export type Admission = 'new' | 'repeat' | 'replacement' | 'renamed'

export interface IdRegister {
  readonly size: number
  has(id: string): boolean
  /** May change `article.id` (see `renamed`). */
  admit(article: Article, hasOwnId: boolean): Admission
}

export function createIdRegister(): IdRegister {
  const contents = new Map<string, number>()
  return {
    get size() {
      return contents.size
    },
    has: (id) => contents.has(id),
    admit(article, hasOwnId) {
      const content = hashOf(article)
      const known = contents.get(article.id)
      if (known === undefined) {
        contents.set(article.id, content)
        return 'new'
      }
      if (known === content) return 'repeat'
      if (hasOwnId) {
        contents.set(article.id, content)
        return 'replacement'
      }
      const base = article.id
      // The content names it, so that the id stays the same when other files come and go.
      article.id = `${base}-${contentHash([JSON.stringify(printed(article))], 8)}`
      if (contents.get(article.id) === content) return 'repeat'
      contents.set(article.id, content)
      return 'renamed'
    },
  }
}

/** What makes two articles the same, whichever file they were read from. */
function printed(article: Article): unknown[] {
  return [
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
}

/** 52 bits of two multiplicative hashes: a million articles share one with a chance of one in ten thousand million. */
function hashOf(article: Article): number {
  const text = JSON.stringify(printed(article))
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b)
    b ^= b >>> 13
  }
  return (a >>> 0) * 0x100000 + (b >>> 12)
}
