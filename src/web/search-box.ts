// The search box: suggestions while typing, the keyboard, and peace for an input method that is composing.
import type { Suggestion } from '../model/hit.ts'
import { api } from './api.ts'
import { element } from './dom.ts'
import { toCountText } from './wording.ts'

const kindNames = {
  term: '',
  headline: '标题',
  person: '人名',
  paper: '报纸',
  place: '地名',
  section: '栏目',
} as const satisfies Record<Suggestion['kind'], string>

/** Long enough not to ask for each key of a fast typist, short enough not to be noticed. */
const pauseMs = 90

export interface SearchBoxEvents {
  search(q: string): void
  open(id: string, q: string): void
}

export interface SearchBox {
  /** Shows a query without asking for suggestions. */
  show(q: string): void
  focus(): void
}

/**
 * Brings the form of the page to life. While an input method is composing, nothing is asked and Enter belongs
 * to the input method; both are known from `isComposing`, and from key code 229 where that is missing.
 */
export function createSearchBox(
  form: HTMLFormElement,
  input: HTMLInputElement,
  list: HTMLElement,
  status: HTMLElement,
  events: SearchBoxEvents,
): SearchBox {
  let suggestions: Suggestion[] = []
  let active = -1
  let typed = input.value
  let isComposing = false
  let timer = 0
  let asking: AbortController | undefined

  const stopAsking = () => {
    window.clearTimeout(timer)
    asking?.abort()
  }
  const close = () => {
    stopAsking()
    suggestions = []
    active = -1
    list.hidden = true
    list.replaceChildren()
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const activate = (index: number) => {
    active = index
    const options = [...list.children]
    options.forEach((option, at) => {
      option.setAttribute('aria-selected', String(at === index))
    })
    const option = options[index]
    if (option === undefined) input.removeAttribute('aria-activedescendant')
    else {
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
    input.value = suggestions[index]?.text ?? typed
  }
  const choose = (index: number) => {
    const chosen = suggestions[index]
    if (chosen === undefined) return
    const q = typed
    close()
    if (chosen.kind === 'headline' && chosen.id !== undefined) {
      input.value = q
      events.open(chosen.id, q)
    } else {
      input.value = chosen.text
      typed = chosen.text
      events.search(chosen.text)
    }
  }
  const render = () => {
    list.replaceChildren(
      ...suggestions.map((suggestion, index) => {
        const option = element(
          'div',
          { id: `suggestion-${index}`, role: 'option', 'aria-selected': 'false' },
          element('span', { class: 'suggestion-text' }, ...emphasise(suggestion.text, typed)),
          kindNames[suggestion.kind] !== '' &&
            element('span', { class: 'suggestion-kind' }, kindNames[suggestion.kind]),
          suggestion.kind !== 'headline' &&
            element('span', { class: 'suggestion-count' }, `${toCountText(suggestion.count)} 篇`),
        )
        // Before the input loses its focus, which would close the list under the finger.
        option.addEventListener('pointerdown', (event) => event.preventDefault())
        option.addEventListener('click', () => choose(index))
        return option
      }),
    )
    active = -1
    list.hidden = suggestions.length === 0
    input.setAttribute('aria-expanded', String(suggestions.length > 0))
    input.removeAttribute('aria-activedescendant')
    status.textContent = suggestions.length === 0 ? '' : `${suggestions.length} 条提示，用上下键选择`
  }
  const askSoon = () => {
    stopAsking()
    const q = input.value
    if (q.trim() === '' || [...q].length > 64) {
      close()
      return
    }
    timer = window.setTimeout(async () => {
      asking = new AbortController()
      const { signal } = asking
      try {
        const answer = await api.suggest(q, signal)
        if (signal.aborted || isComposing || document.activeElement !== input) return
        suggestions = answer.suggestions
        render()
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
    event.preventDefault()
    if (isComposing) return
    close()
    typed = input.value
    // On a phone this puts the keyboard away, so that the results can be seen.
    input.blur()
    events.search(input.value.trim())
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

  return {
    show(q) {
      close()
      input.value = q
      typed = q
    },
    focus: () => input.focus(),
  }
}

/** The part of a suggestion that was typed stands out. */
function emphasise(text: string, typed: string): (string | HTMLElement)[] {
  const needle = typed.trim()
  const at = needle === '' ? -1 : text.toLowerCase().indexOf(needle.toLowerCase())
  if (at < 0) return [text]
  return [
    text.slice(0, at),
    element('b', {}, text.slice(at, at + needle.length)),
    text.slice(at + needle.length),
  ]
}
