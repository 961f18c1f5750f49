// How an article is cited: three formats, each with a button that copies it.
import { element } from './dom.ts'

const formats = [
  { name: 'gbt7714', title: 'GB/T 7714' },
  { name: 'bibtex', title: 'BibTeX' },
  { name: 'ris', title: 'RIS' },
] as const

export function toCitation(
  citation: Readonly<Record<(typeof formats)[number]['name'], string>>,
  say: (text: string) => void,
): HTMLElement {
  return element(
    'details',
    { class: 'citation' },
    element('summary', {}, '引用这篇'),
    ...formats.map(({ name, title }) => {
      const text = element('pre', { tabindex: 0, 'aria-label': `${title} 引文` }, citation[name])
      const button = element('button', { type: 'button', 'aria-label': `复制 ${title} 引文` }, '复制')
      button.addEventListener('click', async () => {
        const copied = await copy(citation[name], text)
        button.textContent = copied ? '已复制' : '已选中，请按复制键'
        say(button.textContent)
        window.setTimeout(() => {
          button.textContent = '复制'
        }, 2500)
      })
      return element('div', { class: 'citation-format' }, element('h3', {}, title), button, text)
    }),
  )
}

/** The clipboard is closed to pages without TLS; then the text is at least selected. */
async function copy(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    window.getSelection()?.selectAllChildren(shown)
    return false
  }
}
