// The view that explains one hit.
import type { Explanation as Explained } from '../schema/answers.ts'
import { renderDocument } from './document.tsx'
import { Explanation } from './explanation.tsx'
import type { Site } from './site.ts'

export function renderWhy(site: Site, q: string, headline: string, explanation: Explained): string {
  const { to } = site
  return renderDocument(site, {
    name: 'why',
    title: '为何在此',
    q,
    main: (
      <section class="prose">
        <h1>为何在此</h1>
        <p>
          <a href={to.article(explanation.id, q)}>{headline}</a>，查的是“<a href={to.query(q)}>{q}</a>”。
        </p>
        <Explanation {...explanation} />
      </section>
    ),
  })
}
