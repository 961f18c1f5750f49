// What an archive answers besides hits: the shapes that it, the server and the pages agree on.
import type { Interpretation } from '../model/hit.ts'
import type { Span } from '../model/span.ts'
import type { Article } from './article.ts'

/** An article as the reading page shows it. */
export interface ArticleView extends Article {
  /** The items before and after this one on the same page. */
  neighbours: { previous?: Neighbour; next?: Neighbour }
  citation: Citation
  breaks?: HeadlineBreaks
  /** Whether a picture of what is printed can be had. */
  picture?: true
  /** Where the query that was given stands in the printed texts; absent without a query. */
  marks?: ArticleMarks
}

/** Where lines of large type may end, besides spaces and signs: offsets between words, ascending. */
export interface HeadlineBreaks {
  kicker?: number[]
  headline?: number[]
  subtitle?: number[]
  /** One list for each subheading. */
  subheadings?: number[][]
}

/** Spans to highlight in an article's printed texts: ascending, not overlapping, in UTF-16 units; parts without marks may be absent. */
export interface ArticleMarks {
  kicker?: [number, number][]
  headline?: [number, number][]
  subtitle?: [number, number][]
  caption?: [number, number][]
  /** One list for each paragraph. */
  paragraphs?: [number, number][][]
  /** One list for each subheading. */
  subheadings?: [number, number][][]
}

export interface Neighbour {
  id: string
  headline: string
}

/** One printed page of the archive: its items in the order in which they were read. */
export interface PageView {
  paper: string
  date: string
  pageNo: number
  section?: string
  articles: PageItem[]
}

/** An item as its page prints it; with marks where a query was given. */
export interface PageItem extends Article {
  breaks?: HeadlineBreaks
  marks?: ArticleMarks
}

/** A page that was read from a PDF, which is still there. */
export interface PagePrint {
  /** Size of the upright page, in points. */
  sheet: { width: number; height: number }
  /** Where its items stand on the upright page: x0, y0, x1, y1 in points, origin at the lower left. */
  items: { id: string; boxes: [number, number, number, number][] }[]
  /** Where the marks of its items are printed. */
  hits: [number, number, number, number][]
}

/** Widths in which the picture of a page can be had, in pixels. */
export const pictureWidths = [400, 800, 1600] as const
export type PictureWidth = (typeof pictureWidths)[number]

/** A page, or what is cut out of one. */
export interface Picture {
  bytes: Uint8Array
  type: 'image/webp'
  /** Another one whenever the picture may be another: a strong ETag. */
  tag: string
}

/** A source that the last rebuild could not read. */
export interface BuildFailure {
  /** Its name below the source folder. */
  file: string
  /** In Chinese. */
  reason: string
}

export interface Trend {
  query: string
  /** How its unquoted text was read. */
  interpretation: Interpretation
  /** Ascending; share is count / articles of that month or year. */
  points: { period: string; count: number; share: number }[]
}

/** How a text is normalised and cut. */
export interface AnalysisView {
  text: string
  normalized: string
  words: { text: string; span: Span; subwords: string[] }[]
  /** What was folded, in Chinese. */
  notes: string[]
}

export interface ArchiveStats {
  articles: number
  segments: number
  /** Who cut what the last rebuild indexed: nodejieba, or its equal where that is not installed; null when unknown. */
  segmenter: 'nodejieba' | 'segmenter' | null
  generation: number
  bytes: number
  /** First and last date, empty when no article is dated. */
  from: string
  to: string
  papers: { value: string; count: number }[]
  types: { value: string; count: number }[]
  /** Articles of each year that has any, ascending. */
  years: { value: string; count: number }[]
  faults: { segment: string; message: string }[]
  /** What suggestions and corrections are read from: of the articles of now, of those before, or still being made. */
  vocabulary: 'ready' | 'stale' | 'missing'
}

export interface SimilarArticle {
  id: string
  score: number
  headline: string
  date: string
}

export interface Citation {
  gbt7714: string
  bibtex: string
  ris: string
}

/** The issues of a month: which papers have which pages on which day. */
export interface IssueDay {
  date: string
  papers: {
    paper: string
    /** Page numbers, ascending. */
    pages: number[]
    articles: number
    /** Articles whose page number is not known. */
    unpaged: number
    /** The first page, where a picture of it can be had; told of a month's issues. */
    front?: number
  }[]
}

/** One line of an explanation; the values of its parts sum to its value exactly. */
export interface ExplanationPart {
  text: string
  value: number
  parts?: ExplanationPart[]
}

export interface Explanation {
  id: string
  found: boolean
  /** The score a search shows; 0 when the article is not found. */
  score: number
  /** How the query was read and which rule let the article in or kept it out. */
  summary: string
  parts: ExplanationPart[]
  /** For an article that is not found: the nearest strings that it does contain. */
  nearest?: string[]
}
