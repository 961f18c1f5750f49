// Stories that jump from page to page (下转第2版 … 上接第1版): pieces as printed in, one article for each story out.
import { fold } from '../normalize/normalize.ts'
import { endsSentence } from '../page/structure/chars.ts'
import type { Article, Piece } from '../schema/article.ts'

/** Whether an article is printed in pieces, or says that it is one. */
export function isJumping({ continues, pieces }: Pick<Article, 'continues' | 'pieces'>): boolean {
  return continues !== undefined || pieces !== undefined
}

/** The pieces of an article as they were printed; an article in one piece is its own. */
export function splitPieces(article: Article): Piece[] {
  return article.pieces ?? [article]
}

/** Names an issue among all. */
export function issueKey({ paper, date }: Pick<Article, 'paper' | 'date'>): string {
  return `${paper}\0${date}`
}

/**
 * One article for each story of the pieces, in the order of their first pieces, whose ids they keep. A piece that goes
 * on to a page and one there that comes from its page belong together; among several, those whose headlines share most.
 */
export function joinPieces(pieces: readonly Piece[]): Article[] {
  const nextOf = linkPieces(pieces)
  const followers = new Set(nextOf.values())
  const articles: Article[] = []
  const told = new Set<Piece>()
  const tell = (first: Piece): void => {
    const story: Piece[] = []
    for (let at: Piece | undefined = first; at && !told.has(at); at = nextOf.get(at)) {
      story.push(at)
      told.add(at)
    }
    articles.push(story.length === 1 ? first : toOneArticle(story))
  }
  for (const piece of pieces) if (!followers.has(piece)) tell(piece)
  // Pages that point at each other in a circle: the story begins with the piece that came first.
  for (const piece of pieces) if (!told.has(piece)) tell(piece)
  return articles
}

/** Which piece follows which. */
function linkPieces(pieces: readonly Piece[]): Map<Piece, Piece> {
  const next = new Map<Piece, Piece>()
  const taken = new Set<Piece>()
  /** By the issue and the two pages between which stories jump. */
  const jumps = new Map<string, { heads: Piece[]; tails: Piece[] }>()
  const jumpOf = (piece: Piece, from: number, to: number) => {
    const key = `${issueKey(piece)}\0${from}\0${to}`
    const jump = jumps.get(key) ?? { heads: [], tails: [] }
    jumps.set(key, jump)
    return jump
  }
  for (const piece of pieces) {
    const { date, pageNo, continues = {} } = piece
    if (date === '' || pageNo === 0) continue
    if (continues.to !== undefined) jumpOf(piece, pageNo, continues.to).heads.push(piece)
    if (continues.from !== undefined) jumpOf(piece, continues.from, pageNo).tails.push(piece)
  }
  for (const { heads, tails } of jumps.values()) {
    const pairs = heads
      .flatMap((from) => tails.map((to) => ({ from, to, score: likeness(from, to) })))
      .filter(({ from, to }) => from !== to)
      .sort((a, b) => b.score - a.score)
    for (const { from, to, score } of pairs) {
      if (next.has(from) || taken.has(to)) continue
      const isOnly = (list: readonly Piece[], isTaken: (piece: Piece) => boolean) =>
        list.filter((piece) => !isTaken(piece)).length === 1
      // Those that share nothing are only joined where there is no choice.
      const noChoice = isOnly(heads, (piece) => next.has(piece)) && isOnly(tails, (piece) => taken.has(piece))
      if (score === 0 && !noChoice) continue
      next.set(from, to)
      taken.add(to)
    }
  }
  return next
}

/** Share of the shorter headline's pairs of characters that the other has too (an overlap coefficient), 0 to 1. */
function likeness(a: Piece, b: Piece): number {
  const pairsOf = ({ headline: text = '' }: Piece) => {
    const letters = [...fold(text).replace(/[^\p{L}\p{N}]/gu, '')]
    return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter))
  }
  const [one, other] = [pairsOf(a), pairsOf(b)]
  const shared = [...one].filter((pair) => other.has(pair)).length
  return shared / Math.max(1, Math.min(one.size, other.size))
}

function toOneArticle(story: readonly Piece[]): Article {
  const [first, ...rest] = story as [Piece, ...Piece[]]
  const last = rest.at(-1)!
  const { continues: _, ...article } = structuredClone(first) as Article
  const subheadings = [...(article.subheadings ?? [])]
  const bylines = [...(article.bylines ?? [])]
  const credits = new Set(article.credits)
  const heads = new Set(
    [first.headline, first.kicker, first.subtitle].map((text) => text && fold(text)).filter(Boolean),
  )
  for (const piece of rest) {
    const broken = article.paragraphs.at(-1)
    const [opening, ...others] = piece.paragraphs
    const runsOn = broken !== undefined && opening !== undefined && !endsSentence(broken)
    if (runsOn) article.paragraphs.splice(-1, 1, glue(broken, opening), ...others)
    else article.paragraphs.push(...piece.paragraphs)
    const start = article.paragraphs.length - piece.paragraphs.length
    // Its own headline stands where the story goes on, unless it says the story's again.
    for (const text of [piece.kicker, piece.headline, piece.subtitle])
      if (text && !heads.has(fold(text)))
        subheadings.push({ text, beforeParagraph: runsOn ? start + 1 : start })
    for (const each of piece.subheadings ?? [])
      subheadings.push({ text: each.text, beforeParagraph: start + each.beforeParagraph })
    for (const byline of piece.bylines ?? []) {
      const names = byline.names.filter((name) => !bylines.some((known) => known.names.includes(name)))
      if (names.length > 0) bylines.push({ role: byline.role, names })
    }
    for (const name of piece.credits ?? []) credits.add(name)
    if (piece.signature) article.signature = piece.signature
    if (piece.confidence !== undefined)
      article.confidence = Math.min(article.confidence ?? 1, piece.confidence)
  }
  const open = {
    ...(first.continues?.from !== undefined && { from: first.continues.from }),
    ...(last.continues?.to !== undefined && { to: last.continues.to }),
  }
  return {
    ...article,
    // A story in pieces is no brief.
    type: first.type === 'brief' ? 'article' : first.type,
    ...(subheadings.length > 0 && {
      subheadings: subheadings.sort((a, b) => a.beforeParagraph - b.beforeParagraph),
    }),
    ...(bylines.length > 0 && { bylines }),
    ...(credits.size > 0 && { credits: [...credits] }),
    ...(Object.keys(open).length > 0 && { continues: open }),
    pieces: [...story],
  }
}

/** A paragraph that the end of the page cut in two. */
function glue(head: string, tail: string): string {
  return /[A-Za-z,]$/.test(head) && /^[A-Za-z]/.test(tail) ? `${head} ${tail}` : head + tail
}
