// Why a hit stands where it stands, opened in place instead of on a page of its own.
import { render } from 'preact'
import type { Explanation as Explained } from '../../schema/answers.ts'
import { Explanation } from '../explanation.tsx'
import { ask } from './ask.ts'

export function startWhy(): void {
  document.addEventListener('click', async (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.why') : null
    if (link === null) return
    event.preventDefault()
    const shown = link.parentElement?.parentElement?.querySelector(':scope > .why-place')
    if (shown) {
      shown.remove()
      link.setAttribute('aria-expanded', 'false')
      return
    }
    try {
      const explained = await ask<Explained>(`/api/explain${new URL(link.href).search}`)
      const place = document.createElement('div')
      place.className = 'why-place'
      render(<Explanation {...explained} />, place)
      link.parentElement?.after(place)
      link.setAttribute('aria-expanded', 'true')
    } catch {
      // The page of its own says what is wrong.
      location.assign(link.href)
    }
  })
}
