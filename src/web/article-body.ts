// The printed parts of an article in the order in which they were printed, with the query's marks.
import type { Article } from '../schema/article.ts'
import type { ArticleAnswer } from './api.ts'
import { element } from './dom.ts'
import { toNodes } from './marked-text.ts'

type Marks = NonNullable<ArticleAnswer['marks']>

/** Subheadings, paragraphs, caption and signature. */
export function toArticleBody(
  article: Article,
  marks: Marks = {},
  subheadingLevel: 'h2' | 'h4' = 'h2',
): HTMLElement {
  const body = element('div', { class: 'article-body' })
  const subheadings = (article.subheadings ?? []).map((one, index) => ({ ...one, index }))
  const putSubheadings = (paragraph: number) => {
    for (const { text, beforeParagraph, index } of subheadings)
      if (beforeParagraph === paragraph)
        body.append(element(subheadingLevel, {}, ...toNodes(text, marks.subheadings?.[index])))
  }
  article.paragraphs.forEach((text, index) => {
    putSubheadings(index)
    body.append(element('p', {}, ...toNodes(text, marks.paragraphs?.[index])))
  })
  putSubheadings(article.paragraphs.length)
  const credits = (article.credits ?? []).join('、')
  if (article.caption !== undefined)
    body.append(
      element(
        'p',
        { class: 'caption' },
        ...toNodes(article.caption, marks.caption),
        credits !== '' && element('span', { class: 'credit' }, credits),
      ),
    )
  else if (credits !== '') body.append(element('p', { class: 'credit' }, credits))
  if (article.signature !== undefined)
    body.append(element('p', { class: 'signature' }, `（${article.signature}）`))
  return body
}
