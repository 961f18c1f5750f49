// The page for people about the API.
import { renderDocument } from './document.tsx'
import type { Site } from './site.ts'

export interface DescribedRoute {
  method: string
  address: string
  summary: string
  scope?: string
  parameters: readonly { name: string; isList: boolean; description: string; limits: string }[]
  example: string
}

export function renderDocs(site: Site, routes: readonly DescribedRoute[]): string {
  const { to } = site
  return renderDocument(site, {
    name: 'api',
    title: '接口说明',
    description: '寻报的 HTTP 接口。The HTTP API of Xunbao.',
    canonical: to.docs,
    main: (
      <div class="api">
        <h1>寻报接口</h1>
        <p>
          机器读的说明：<a href={to.asset('openapi.json')}>openapi.json</a>。<code>/api/v1/…</code> 与{' '}
          <code>/api/…</code> 相同。错误是 RFC 9457 的问题文档，中英文；按 Accept-Language 换主文。
          <span lang="en">
            The same under <code>/api/v1</code>; errors are RFC 9457 problem documents in Chinese and English.
          </span>
        </p>
        {routes.map(({ method, address, summary, scope, parameters, example }) => (
          <section key={`${method} ${address}`}>
            <h2>
              <code>
                {method} {address}
              </code>
            </h2>
            <p>
              {summary}
              {scope !== undefined && <strong> {scope}</strong>}
            </p>
            {parameters.length > 0 && (
              <table>
                <tbody>
                  {parameters.map(({ name, isList, description, limits }) => (
                    <tr key={name}>
                      <th scope="row">
                        <code>{name}</code>
                        {isList && '…'}
                      </th>
                      <td>{description}</td>
                      <td>{limits}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard, too */}
            <pre tabIndex={0}>
              <code>{example}</code>
            </pre>
          </section>
        ))}
      </div>
    ),
  })
}
