// The printed parts of an article in the order in which they were printed, with the query's marks.
import type { ArticleMarks } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'
import { type MarkCounter, toHeadline, toMarked } from './marked.ts'

interface BodyProps {
  article: Article
  marks?: ArticleMarks | undefined
  /** Where lines of each subheading may end. */
  breaks?: number[][] | undefined
  counter?: MarkCounter | undefined
  /** Level of the subheadings. */
  level?: 'h2' | 'h3'
  /** The paragraphs to print: from the first up to, not including, the last of these indexes. */
  from?: number
  to?: number
}

/** Subheadings and paragraphs; behind the last one the caption, the credits and the signature. */
export function ArticleBody({
  article,
  marks = {},
  breaks = [],
  counter,
  level: Level = 'h2',
  from = 0,
  to,
}: BodyProps) {
  const end = to ?? article.paragraphs.length
  const isEnd = end >= article.paragraphs.length
  const subheadings = (article.subheadings ?? []).map((one, index) => ({ ...one, index }))
  const credits = (article.credits ?? []).join('、')
  const options = counter === undefined ? {} : { counter }
  const before = (paragraph: number) =>
    subheadings
      .filter(({ beforeParagraph }) => beforeParagraph === paragraph)
      .map(({ text, index }) => (
        <Level key={`subheading ${index}`}>
          {toHeadline(text, marks.subheadings?.[index], breaks[index], counter)}
        </Level>
      ))
  return (
    <div class="article-body">
      {article.paragraphs.slice(from, end).flatMap((text, offset) => {
        const index = from + offset
        return [
          ...before(index),
          <p key={`paragraph ${index}`}>{toMarked(text, marks.paragraphs?.[index], options)}</p>,
        ]
      })}
      {isEnd && before(article.paragraphs.length)}
      {isEnd && article.caption !== undefined && (
        <p class="caption">
          {toMarked(article.caption, marks.caption, options)}
          {credits !== '' && <span class="credit">{credits}</span>}
        </p>
      )}
      {isEnd && article.caption === undefined && credits !== '' && <p class="credit">{credits}</p>}
      {isEnd && article.signature !== undefined && <p class="signature">（{article.signature}）</p>}
    </div>
  )
}
