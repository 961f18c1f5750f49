// Why a hit stands where it stands: the parts of its score, fetched only when asked for.
import { AskError, api, type ExplanationPartAnswer } from './api.ts'
import { element } from './dom.ts'

/** A closed note beside a hit; opening it asks the service once. */
export function toWhy(q: string, id: string): HTMLElement {
  const content = element('div', { class: 'why-parts' }, '……')
  const note = element('details', { class: 'why' }, element('summary', {}, '为何在此'), content)
  let isAsked = false
  note.addEventListener('toggle', async () => {
    if (isAsked || !note.open) return
    isAsked = true
    try {
      const { score, summary, parts } = await api.explain(q, id, new AbortController().signal)
      content.replaceChildren(element('p', {}, `${summary} 得分 ${toValueText(score)}`), toParts(parts))
    } catch (fault) {
      isAsked = false
      content.replaceChildren(fault instanceof AskError ? fault.message : '没有成功')
    }
  })
  return note
}

function toParts(parts: readonly ExplanationPartAnswer[], isInner = false): HTMLElement {
  return element(
    'ul',
    { class: isInner && 'why-inner' },
    ...parts.map(({ text, value, parts: inner }) =>
      element(
        'li',
        {},
        element('span', {}, text),
        element('span', { class: 'why-value' }, toValueText(value)),
        inner !== undefined && inner.length > 0 && toParts(inner, true),
      ),
    ),
  )
}

/** Enough digits to compare by, without a tail of binary fractions. */
function toValueText(value: number): string {
  return Number(value.toFixed(4)).toString()
}
