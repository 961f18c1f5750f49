// What programs read of an article's page: citation_* (Zotero, Google Scholar), Open Graph, JSON-LD (schema.org).
import type { Article } from '../schema/article.ts'
import { type Site, toPublic } from './site.ts'
import { toTitleText } from './wording.ts'

interface MetadataProps {
  site: Site
  article: Article
  /** Whether the printed page can be had as a PDF, or as a picture. */
  hasPrint: boolean
}

export function ArticleMetadata({ site, article, hasPrint }: MetadataProps) {
  const { paper, date, pageNo, section } = article
  const url = toPublic(site, site.to.article(article.id))
  const title = toTitleText(article.headline, article.caption ?? article.paragraphs[0])
  const authors = (article.bylines ?? []).flatMap(({ names }) => names)
  const picture = hasPrint ? toPublic(site, site.to.picture(paper, date, pageNo, 800)) : undefined
  const page = pageNo > 0 ? String(pageNo) : undefined
  const facts = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    ...(article.subtitle && { alternativeHeadline: article.subtitle }),
    url,
    inLanguage: 'zh-CN',
    ...(date !== '' && { datePublished: date }),
    ...(authors.length > 0 && { author: authors.map((name) => ({ '@type': 'Person', name })) }),
    ...(section && { articleSection: section }),
    ...(page && { printPage: page }),
    ...(paper !== '' && { isPartOf: { '@type': 'Newspaper', name: paper } }),
    ...(picture && { image: picture }),
  }
  return (
    <>
      <meta property="og:type" content="article" />
      {date !== '' && <meta property="article:published_time" content={date} />}
      {section && <meta property="article:section" content={section} />}
      {picture && <meta property="og:image" content={picture} />}
      <meta
        name="citation_title"
        content={[article.headline ?? title, article.subtitle].filter(Boolean).join('：')}
      />
      {authors.map((name) => (
        <meta key={name} name="citation_author" content={name} />
      ))}
      {paper !== '' && <meta name="citation_journal_title" content={paper} />}
      {date !== '' && <meta name="citation_publication_date" content={date.replaceAll('-', '/')} />}
      {page && <meta name="citation_firstpage" content={page} />}
      <meta name="citation_language" content="zh-CN" />
      <meta name="citation_public_url" content={url} />
      {hasPrint && (
        <meta name="citation_pdf_url" content={toPublic(site, site.to.pdf(paper, date, pageNo))} />
      )}
      <script
        type="application/ld+json"
        // JSON without "<" cannot end its element.
        dangerouslySetInnerHTML={{ __html: JSON.stringify(facts).replaceAll('<', '\\u003c') }}
      />
    </>
  )
}
