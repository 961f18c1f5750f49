// What a reader sees when there is nothing at an address, or something failed.
import { renderDocument } from './document.tsx'
import type { Site } from './site.ts'

export interface ProblemProps {
  status: number
  title: string
  detail: string
}

export function renderProblem(site: Site, { status, title, detail }: ProblemProps, retry: string): string {
  const heading = status === 404 ? '这里没有东西' : status >= 500 ? '没有成功' : title
  return renderDocument(site, {
    name: 'problem',
    title: heading,
    main: (
      <section class="state">
        <h1>{heading}</h1>
        <p>{detail}</p>
        {status >= 500 && (
          <p>
            <a href={retry} class="button">
              再试一次
            </a>
          </p>
        )}
        <p>
          <a href={site.to.home}>回到首页</a> <a href={site.to.help}>怎样查</a>
        </p>
      </section>
    ),
  })
}
