// One month as a calendar: the days that have papers lead to them, shaded by how many there are.
import { lastDay } from '../model/calendar.ts'
import type { IssueDay } from '../schema/answers.ts'
import type { Site } from './site.ts'

interface MonthProps {
  site: Site
  year: number
  month: number
  issues: readonly IssueDay[]
  kept: { paper?: string }
  isLarge?: boolean
}

/** Shades of a day: one paper, two, up to four, more. */
function shadeOf(papers: number): number {
  return papers <= 2 ? papers : papers <= 4 ? 3 : 4
}

export function Month({ site: { to }, year, month, issues, kept, isLarge = false }: MonthProps) {
  const byDay = new Map(issues.map((issue) => [Number(issue.date.slice(8)), issue]))
  const days = lastDay(year, month)
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const weeks = Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => week * 7 + weekday - lead + 1),
  )
  return (
    <table class={isLarge ? 'calendar calendar-large' : 'calendar'}>
      <caption>
        {isLarge ? (
          <span class="visually-hidden">
            {year}年{month}月
          </span>
        ) : (
          <a href={to.issues({ year, month, ...kept })}>{month}月</a>
        )}
      </caption>
      <thead>
        <tr>
          {[...'一二三四五六日'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={String(week[0])}>
            {week.map((day) => {
              const issue = byDay.get(day)
              const isInMonth = day >= 1 && day <= days
              return (
                <td key={String(day)}>
                  {isInMonth &&
                    (issue === undefined ? (
                      day
                    ) : (
                      <a
                        class={`calendar-day shade-${shadeOf(issue.papers.length)}`}
                        href={to.issues({ year, month, day, ...kept })}
                        aria-label={`${month}月${day}日，${issue.papers.length} 种报纸`}
                      >
                        {day}
                      </a>
                    ))}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
