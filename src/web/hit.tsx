// One hit of a search: kicker, headline, where it was printed, and the passages with their marks.
import type { Hit } from '../model/hit.ts'
import { typeLabels } from '../model/labels.ts'
import type { Marked } from '../model/span.ts'
import type { ResultPlace } from './address.ts'
import { toHeadline, toMarked } from './marked.ts'
import type { Site } from './site.ts'
import { namelessPaperText, toBylineText, toDayText, toPageText, toTitleText } from './wording.ts'

/** Reprints that are named below a hit; the others are counted. */
const mostReprints = 3

export function HitItem({ site: { to }, hit, q, place }: HitProps) {
  // A caption or a notice may have no headline: then its first passage stands there, once and with its marks.
  const [first, ...others] = hit.snippets
  const headline = hit.headline.text.trim()
  const hasHeadline = headline !== '' && first?.text.startsWith(headline) !== true
  const title: Marked = hasHeadline
    ? hit.headline
    : (first ?? { text: toTitleText(headline, hit.section), marks: [] })
  const byline = toBylineText(hit.bylines)
  const isPrinted = hit.date !== '' && hit.pageNo > 0
  return (
    <li class={hit.picture === true && isPrinted ? 'hit hit-pictured' : 'hit'}>
      <div class="hit-text">
        {hit.kicker !== undefined && <p class="hit-kicker">{toMarked(hit.kicker.text, hit.kicker.marks)}</p>}
        <h2 class={hasHeadline ? 'hit-headline' : 'hit-headline hit-headless'}>
          <a href={to.article(hit.id, place)}>{toHeadline(title.text, title.marks, title.breaks)}</a>
        </h2>
        {hit.subtitle !== undefined && (
          <p class="hit-subtitle">{toHeadline(hit.subtitle.text, hit.subtitle.marks, hit.subtitle.breaks)}</p>
        )}
        <Snippets snippets={hasHeadline ? hit.snippets : others} />
        <div class="hit-foot">
          <p class="hit-source">
            <span class={`kind kind-${hit.type}`}>{typeLabels[hit.type]}</span>
            <span>
              {[hit.paper, toDayText(hit.date), toPageText(hit.pageNo), hit.section ?? '']
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
            {byline !== '' && <span class="hit-byline">{byline}</span>}
          </p>
          {q.trim() !== '' && (
            <a class="why" href={to.why(q, hit.id)} rel="nofollow">
              为何在此
            </a>
          )}
        </div>
        {hit.also !== undefined && hit.also.length > 0 && (
          <p class="hit-also">
            又见：
            {hit.also.slice(0, mostReprints).map(({ id, paper, date }) => (
              <a key={id} href={to.article(id, q)}>
                {[paper || namelessPaperText, toDayText(date)].join(' ')}
              </a>
            ))}
            {hit.also.length > mostReprints && <span>等 {hit.also.length} 处</span>}
          </p>
        )}
      </div>
      {hit.picture === true && isPrinted && (
        <a
          class="hit-picture"
          href={to.page(hit.paper, hit.date, hit.pageNo, q)}
          aria-label={`${toDayText(hit.date)}${toPageText(hit.pageNo)}的版面`}
        >
          <img
            src={to.picture(hit.paper, hit.date, hit.pageNo, 400)}
            width={96}
            height={136}
            alt=""
            loading="lazy"
            decoding="async"
          />
        </a>
      )}
    </li>
  )
}

interface HitProps {
  site: Site
  hit: Hit
  q: string
  place: ResultPlace
}

/** A passage that begins far before its first mark starts there on a narrow screen. UTF-16 units. */
const longLeadIn = 14

function Snippets({ snippets }: { snippets: readonly Marked[] }) {
  if (snippets.length === 0) return null
  return (
    <div class="hit-snippets">
      {snippets.map(({ text, marks }) => {
        const lead = (marks[0]?.[0] ?? 0) - longLeadIn
        if (lead <= 0) return <p key={text}>{toMarked(text, marks)}</p>
        const rest = marks.map(([start, end]): [number, number] => [start - lead, end - lead])
        return (
          <p key={text}>
            <span class="lead-in">{text.slice(0, lead)}</span>
            {toMarked(text.slice(lead), rest)}
          </p>
        )
      })}
    </div>
  )
}
