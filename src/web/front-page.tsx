// The first page of an issue as a small picture that leads to it; nothing where it has none.
import type { IssueDay } from '../schema/answers.ts'
import type { Site } from './site.ts'
import { namelessPaperText, toDayText } from './wording.ts'

interface FrontPageProps {
  site: Site
  date: string
  issue: IssueDay['papers'][number]
}

export function FrontPage({ site: { to }, date, issue: { paper, front: pageNo } }: FrontPageProps) {
  if (pageNo === undefined) return null
  return (
    <a class="front-page" href={to.page(paper, date, pageNo)}>
      <img
        src={to.picture(paper, date, pageNo, 400)}
        width={240}
        height={340}
        alt={`${paper || namelessPaperText}${toDayText(date)}的版面`}
        loading="lazy"
        decoding="async"
      />
    </a>
  )
}
