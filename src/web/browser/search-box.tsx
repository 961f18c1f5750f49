// The search box: suggestions while typing, the keyboard, and peace for an input method that is composing.
import { render } from 'preact'
import type { Suggestion } from '../../model/hit.ts'
import { Suggestions } from '../suggestions.tsx'
import { announce, ask, base } from './ask.ts'

/** Long enough to spare what a fast typist passes through, short enough not to be noticed. */
const pauseMs = 20
/** Longer texts are pasted, not typed. */
const longestTyped = 64

/**
 * Brings the form of the page to life. While an input method is composing, nothing is asked and Enter belongs
 * to the input method; both are known from `isComposing`, and from key code 229 where that is missing.
 */
export function startSearchBox(): void {
  const input = document.getElementById('q')
  const list = document.getElementById('suggestions')
  if (!(input instanceof HTMLInputElement) || list === null || input.form === null) return
  const form = input.form
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', 'suggestions')
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', '提示')

  let suggestions: Suggestion[] = []
  let active = -1
  let typed = input.value
  let isComposing = false
  let timer = 0
  let asking: AbortController | undefined

  const show = () => {
    list.hidden = suggestions.length === 0
    render(<Suggestions suggestions={suggestions} typed={typed} active={active} choose={choose} />, list)
    input.setAttribute('aria-expanded', String(suggestions.length > 0))
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `suggestion-${active}`)
  }
  const stopAsking = () => {
    window.clearTimeout(timer)
    asking?.abort()
  }
  const close = () => {
    stopAsking()
    suggestions = []
    active = -1
    show()
  }
  const activate = (index: number) => {
    active = index
    input.value = suggestions[index]?.text ?? typed
    show()
    list.children[index]?.scrollIntoView({ block: 'nearest' })
  }
  const choose = (index: number) => {
    const chosen = suggestions[index]
    if (chosen === undefined) return
    if (chosen.kind === 'headline' && chosen.id !== undefined) {
      const q = typed
      close()
      location.assign(`${base}/articles/${encodeURIComponent(chosen.id)}?${new URLSearchParams({ q })}`)
      return
    }
    input.value = chosen.text
    typed = chosen.text
    form.requestSubmit()
  }
  const askSoon = () => {
    stopAsking()
    const q = input.value
    if (q.trim() === '' || [...q].length > longestTyped) {
      close()
      return
    }
    timer = window.setTimeout(async () => {
      asking = new AbortController()
      const { signal } = asking
      try {
        const answer = await ask<{ suggestions: Suggestion[] }>(
          `/api/suggest?q=${encodeURIComponent(q)}`,
          signal,
        )
        if (signal.aborted || isComposing || document.activeElement !== input) return
        suggestions = answer.suggestions
        active = -1
        show()
        if (suggestions.length > 0) announce(`${suggestions.length} 条提示，用上下键选择`)
      } catch {
        // Suggestions are a help, not an answer: without them the box is a plain one.
        if (!signal.aborted) close()
      }
    }, pauseMs)
  }

  input.addEventListener('compositionstart', () => {
    isComposing = true
    stopAsking()
  })
  input.addEventListener('compositionend', () => {
    isComposing = false
    typed = input.value
    askSoon()
  })
  input.addEventListener('input', (event) => {
    if (isComposing || (event instanceof InputEvent && event.isComposing)) return
    typed = input.value
    askSoon()
  })
  input.addEventListener('keydown', (event) => {
    if (isComposing || event.isComposing || event.keyCode === 229) return
    const count = suggestions.length
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (count === 0) {
        if (event.key === 'ArrowDown') askSoon()
        return
      }
      event.preventDefault()
      // One place more than there are suggestions: the text as typed.
      const step = event.key === 'ArrowDown' ? 1 : -1
      activate(((active + 1 + step + count + 1) % (count + 1)) - 1)
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      choose(active)
    } else if (event.key === 'Escape' && count > 0) {
      event.preventDefault()
      close()
      input.value = typed
    } else if (event.key === 'Tab') {
      close()
    }
  })
  input.addEventListener('blur', () => {
    if (active >= 0) input.value = typed
    close()
  })
  form.addEventListener('submit', (event) => {
    if (isComposing) {
      event.preventDefault()
      return
    }
    input.value = input.value.trim()
    close()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const at = event.target
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)))
      return
    event.preventDefault()
    input.focus()
    input.select()
  })
}
