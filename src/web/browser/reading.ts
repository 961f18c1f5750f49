// While an article is read: from mark to mark, the size of the type, copying, printing.
import { announce } from './ask.ts'

/** Sizes of the running text, in steps around the usual one. */
const sizes = [-2, -1, 0, 1, 2, 3, 4]
const sizeKey = 'xunbao-type-size'

export function startReading(): void {
  walkMarks()
  setTypeSize()
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const text = document.getElementById(button.dataset.copy ?? '')
      if (text) void copy(button, text.textContent ?? '', text)
    })
  }
  onAction(
    'copy-link',
    (button) => void copy(button, new URL(button.dataset.link ?? '', location.href).href, document.body),
  )
  onAction('print', () => window.print())
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href="#cite"]'))
    link.addEventListener('click', () => document.getElementById('cite')?.setAttribute('open', ''))
}

/** Shows the button of an action, which is of no use without script, and listens to it. */
export function onAction(action: string, run: (button: HTMLButtonElement) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(`button[data-action="${action}"]`)) {
    button.hidden = false
    button.addEventListener('click', () => run(button))
  }
}

function walkMarks(): void {
  const marks = [...document.querySelectorAll<HTMLElement>('.sheet mark')]
  const place = document.querySelector<HTMLElement>('.bar-marks a')
  if (marks.length === 0 || place === null) return
  let at = -1
  const go = (step: number) => {
    marks[at]?.removeAttribute('data-current')
    at = at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length
    const mark = marks[at]
    mark?.setAttribute('data-current', '')
    mark?.scrollIntoView({ block: 'center' })
    const told = `${at + 1}/${marks.length}`
    place.textContent = told
    announce(
      `第 ${at + 1} 处，共 ${marks.length} 处：${mark?.parentElement?.textContent?.slice(0, 40) ?? ''}`,
    )
  }
  onAction('next-mark', () => go(1))
  onAction('previous-mark', () => go(-1))
  place.addEventListener('click', (event) => {
    event.preventDefault()
    go(1)
  })
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const from = event.target
    if (from instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(from.tagName)) return
    if (event.key === 'n') go(1)
    if (event.key === 'p') go(-1)
  })
}

function setTypeSize(): void {
  const sheet = document.querySelector<HTMLElement>('.sheet')
  if (sheet === null) return
  let size = Number(read(sizeKey)) || 0
  const apply = (next: number) => {
    size = Math.min(sizes.at(-1) ?? 0, Math.max(sizes[0] ?? 0, next))
    sheet.style.setProperty('--type-steps', String(size))
    try {
      localStorage.setItem(sizeKey, String(size))
    } catch {
      // Nothing may be kept: the size holds for this page.
    }
  }
  if (size !== 0) apply(size)
  onAction('larger', () => apply(size + 1))
  onAction('smaller', () => apply(size - 1))
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** The clipboard is closed to pages without TLS; then the text is at least selected. */
async function copy(button: HTMLButtonElement, text: string, shown: HTMLElement): Promise<void> {
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = '已复制'
  } catch {
    window.getSelection()?.selectAllChildren(shown)
    button.textContent = '已选中，请按复制键'
  }
  announce(button.textContent)
  window.setTimeout(() => {
    button.textContent = label
  }, 2500)
}
