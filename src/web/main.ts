// The frame of the page: which view an address shows, going back and forth, and where the reader was.
import { hrefs, parseAddress, parseSearch, type View } from './address.ts'
import { AskError, api } from './api.ts'
import { showArticle } from './article-view.ts'
import { byId, element } from './dom.ts'
import { showHelp } from './help-view.ts'
import { showHome } from './home-view.ts'
import { showIssues } from './issues-view.ts'
import { showPage } from './page-view.ts'
import { showResults } from './results-view.ts'
import { createSearchBox } from './search-box.ts'
import { showTrends } from './trends-view.ts'
import type { Shown, ViewContext } from './view.ts'
import { toCountText, toSpanText } from './wording.ts'

/** What the browser keeps for each entry of its history. */
interface Place {
  scrollTop: number
  /** `data-key` of the element that had the focus. */
  key?: string
  /** Address of the view that led here. */
  from?: string
}

const main = byId('main')
const progress = byId('progress')
const status = byId('status')
const input = byId('q')
const form = document.querySelector('form')
if (!(input instanceof HTMLInputElement) || form === null) throw new Error('index.html has no search form')

const box = createSearchBox(form, input, byId('suggestions'), status, {
  search(q) {
    const now = currentView()
    // A new question starts without the filters of the old one; its order and strictness stay.
    const kept = now.name === 'search' ? now.search : parseSearch(new URLSearchParams())
    go(hrefs.search({ ...parseSearch(new URLSearchParams()), q, sort: kept.sort, strict: kept.strict }))
  },
  open: (id, q) => go(hrefs.article(id, q)),
})

let showing: AbortController | undefined
let remembering = 0

function currentView(): View {
  return parseAddress(new URL(location.href), new URL(document.baseURI))
}

function placeOf(state: unknown): Place {
  if (typeof state !== 'object' || state === null) return { scrollTop: 0 }
  const { scrollTop, key, from } = state as Partial<Record<keyof Place, unknown>>
  return {
    scrollTop: Number(scrollTop) || 0,
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof from === 'string' ? { from } : {}),
  }
}

function focusedKey(): { key?: string } {
  const key = document.activeElement?.getAttribute('data-key')
  return key ? { key } : {}
}

function rememberPlace(): void {
  const { from } = placeOf(history.state)
  const place: Place = { scrollTop: window.scrollY, ...focusedKey(), ...(from === undefined ? {} : { from }) }
  history.replaceState(place, '')
}

function go(href: string): void {
  rememberPlace()
  const next = new URL(href, document.baseURI)
  // A filter that was just pressed keeps the focus; a new view starts at its headline.
  const stays = next.pathname === location.pathname && next.search !== '' && location.search !== ''
  const place: Place = { scrollTop: 0, from: location.href }
  history.pushState(place, '', next)
  void show({ ...place, ...(stays ? focusedKey() : {}) })
}

function render(view: View, context: ViewContext): Promise<Shown> | Shown {
  switch (view.name) {
    case 'home':
      return showHome(context)
    case 'search':
      return showResults(view.search, context)
    case 'article':
      return showArticle(view.id, view.q, context)
    case 'page':
      return showPage(view, context)
    case 'issues':
      return showIssues(view.year, view.month, context)
    case 'trends':
      return showTrends(view.queries, view.by, context)
    case 'help':
      return showHelp()
    case 'unknown':
      throw new AskError(404, '没有这个页面。')
  }
}

async function show(place: Place): Promise<void> {
  // What the last view was still about to remember would be written into this one's place.
  window.clearTimeout(remembering)
  showing?.abort()
  showing = new AbortController()
  const { signal } = showing
  const view = currentView()
  const context: ViewContext = {
    signal,
    go,
    say: (text) => {
      status.textContent = text
    },
  }
  // Before the first view is there, so that the masthead does not jump when it comes.
  if (document.body.dataset.view === undefined || view.name !== 'home') document.body.dataset.view = view.name
  main.setAttribute('aria-busy', 'true')
  // A quick answer needs no sign of waiting, which would only flicker.
  const waiting = window.setTimeout(() => {
    progress.hidden = false
  }, 150)
  let shown: Shown
  try {
    shown = await render(view, context)
  } catch (fault) {
    if (signal.aborted) return
    shown = toFaultView(fault, 'q' in view ? view.q : 'search' in view ? view.search.q : '')
  } finally {
    window.clearTimeout(waiting)
    if (!signal.aborted) {
      progress.hidden = true
      main.removeAttribute('aria-busy')
    }
  }
  if (signal.aborted) return
  document.title = shown.title
  document.body.dataset.view = view.name
  box.show(shown.q)
  main.replaceChildren(...shown.nodes)
  const focused = place.key === undefined ? null : main.querySelector(`[data-key="${CSS.escape(place.key)}"]`)
  window.scrollTo(0, place.scrollTop)
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  else if (view.name === 'home') box.focus()
  else main.querySelector('h1')?.focus({ preventScroll: true })
}

function toFaultView(fault: unknown, q: string): Shown {
  const isMissing = fault instanceof AskError && fault.status === 404
  const message = fault instanceof AskError ? fault.message : '页面出了错。'
  const again = element('button', { type: 'button' }, '再试一次')
  again.addEventListener('click', () => void show({ scrollTop: 0 }))
  status.textContent = message
  return {
    title: isMissing ? '找不到 - 寻报' : '出错了 - 寻报',
    q,
    nodes: [
      element(
        'section',
        { class: 'state' },
        element('h1', { tabindex: -1 }, isMissing ? '这里没有东西' : '没有成功'),
        element('p', {}, message),
        isMissing ? element('p', {}, element('a', { href: './' }, '回到首页')) : element('p', {}, again),
      ),
    ],
  }
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (
    link === null ||
    link.target !== '' ||
    link.hasAttribute('download') ||
    link.dataset.plain !== undefined
  )
    return
  const base = new URL(document.baseURI)
  const url = new URL(link.href)
  if (link.classList.contains('skip')) {
    event.preventDefault()
    main.focus()
    return
  }
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return
  event.preventDefault()
  // Back to the result is the browser's own way back where it can be: with filters, page and place in the list.
  if (link.dataset.back !== undefined && isSearchOf(placeOf(history.state).from, link.dataset.back)) {
    history.back()
    return
  }
  // A press on a link that has no focus of its own (Safari) still tells where the reader was.
  link.focus({ preventScroll: true })
  go(url.href)
})

function isSearchOf(address: string | undefined, q: string): boolean {
  if (address === undefined) return false
  const view = parseAddress(new URL(address), new URL(document.baseURI))
  return view.name === 'search' && view.search.q === q
}

window.addEventListener('popstate', (event) => void show(placeOf(event.state)))
window.addEventListener('scroll', () => {
  window.clearTimeout(remembering)
  remembering = window.setTimeout(rememberPlace, 120)
})
window.addEventListener('pagehide', rememberPlace)
history.scrollRestoration = 'manual'

void show(placeOf(history.state))
api
  .stats(new AbortController().signal)
  .then(({ articles, from, to }) => {
    const span = toSpanText(from, to)
    byId('holdings').textContent = `馆藏 ${toCountText(articles)} 篇${span === '' ? '' : `，${span}`}`
  })
  .catch(() => {
    // The line at the foot of the page is no reason to alarm a reader.
  })
