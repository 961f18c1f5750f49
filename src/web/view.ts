// What every view is given and gives back; the frame around the views is main.ts.

export interface ViewContext {
  signal: AbortSignal
  /** Goes to another view; `href` is relative to the page's base. */
  go(href: string): void
  /** Says something to a reader who does not see the page. */
  say(text: string): void
}

export interface Shown {
  /** For the browser's title bar. */
  title: string
  nodes: Node[]
  /** The query that the search box shows. */
  q: string
}
