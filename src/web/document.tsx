// The frame around every view: head, masthead with the search box, and foot; whole HTML without a line of script.
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { listFilters, type SearchAddress } from './address.ts'
import { type Site, toPublic } from './site.ts'
import { toCountText, toSpanText } from './wording.ts'

export interface View {
  /** Names the view for styles and script. */
  name: string
  title: string
  description?: string
  /** The address of the view that search engines should know, below the mount path; none for what is no document. */
  canonical?: string
  /** What the search box shows. */
  q?: string
  /** Filters that a new query keeps. */
  kept?: SearchAddress
  /** More elements of the head: citation_*, Open Graph, JSON-LD, feeds, neighbours. */
  head?: ComponentChildren
  /** Where the first link of the page leads: to the results, or to the text. */
  skipTo?: { id: string; text: string }
  main: ComponentChildren
}

/** A view as a whole HTML document. */
export function renderDocument(site: Site, view: View): string {
  return `<!DOCTYPE html>${renderToString(<Document site={site} view={view} />)}`
}

function Document({ site, view }: { site: Site; view: View }) {
  const { to, assets } = site
  const description = view.description ?? '寻报：在报纸里查找。印在报上的，都找得到。'
  const canonical = view.canonical === undefined ? undefined : toPublic(site, view.canonical)
  const skip = view.skipTo ?? { id: 'main', text: '跳到正文' }
  return (
    <html lang="zh-CN" data-base={site.base}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{view.title === '寻报' ? view.title : `${view.title} - 寻报`}</title>
        <meta name="description" content={description} />
        {canonical === undefined ? (
          <meta name="robots" content="noindex, follow" />
        ) : (
          <>
            <link rel="canonical" href={canonical} />
            <meta property="og:url" content={canonical} />
          </>
        )}
        <meta property="og:site_name" content="寻报" />
        <meta property="og:locale" content="zh_CN" />
        <meta property="og:title" content={view.title} />
        <meta property="og:description" content={description} />
        {view.head}
        <link rel="icon" href={to.asset('icon.svg')} type="image/svg+xml" />
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title="寻报"
          href={to.asset('opensearch.xml')}
        />
        <link rel="stylesheet" href={to.asset(assets.style)} />
        <script type="module" src={to.asset(assets.script)} />
      </head>
      <body data-view={view.name}>
        <a class="skip" href={`#${skip.id}`}>
          {skip.text}
        </a>
        <Masthead site={site} view={view} />
        <p id="announce" class="visually-hidden" role="status" aria-live="polite" />
        <main id="main" tabIndex={-1}>
          {view.main}
        </main>
        <Colophon site={site} />
      </body>
    </html>
  )
}

function Masthead({ site: { to }, view }: { site: Site; view: View }) {
  const places = [
    ['issues', to.issues(), '按日期看报'],
    ['trends', to.trends({ queries: [] }), '词语走势'],
    ['status', to.status, '馆藏'],
    ['help', to.help, '怎样查'],
  ] as const
  return (
    <header class="masthead">
      <a class="wordmark" href={to.home}>
        寻报
      </a>
      <search>
        <form class="search" action={to.home} method="get">
          <div class="search-field">
            <input
              id="q"
              name="q"
              type="search"
              aria-label="在报纸里查找"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              enterkeyhint="search"
              maxLength={512}
              placeholder="词语、人名、“原句”"
              value={view.q ?? ''}
            />
            <div id="suggestions" class="suggestions" hidden />
          </div>
          {view.kept !== undefined && <KeptFilters search={view.kept} />}
          <button type="submit">查找</button>
        </form>
      </search>
      <nav class="places" aria-label="其他页面">
        {places.map(([name, href, text]) => (
          <a key={name} href={href} aria-current={view.name === name ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
    </header>
  )
}

/** What a new query keeps of the last search: its filters and its order, not its page and not its reading. */
export function KeptFilters({ search, without = [] }: { search: SearchAddress; without?: string[] }) {
  const { sort, from, to, strict } = search
  const single = { sort: sort === 'relevance' ? undefined : sort, from, to, strict: strict && '1' }
  return (
    <>
      {Object.entries(single).map(
        ([name, value]) =>
          value !== undefined &&
          value !== false &&
          !without.includes(name) && <input key={name} type="hidden" name={name} value={String(value)} />,
      )}
      {listFilters.flatMap((name) =>
        (search[name] ?? []).map((value) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        )),
      )}
    </>
  )
}

function Colophon({ site: { to, holdings } }: { site: Site }) {
  const span = toSpanText(holdings.from, holdings.to)
  return (
    <footer class="colophon">
      <p>
        馆藏 {toCountText(holdings.articles)} 篇{span !== '' && `，${span}`}
      </p>
      <p>
        <a href={to.newest}>全部文章</a> <a href={to.status}>馆藏与缺期</a> <a href={to.feed()}>订阅</a>{' '}
        <a href={to.docs}>接口</a>
      </p>
    </footer>
  )
}
