// What may be about to be typed, as a list under the search box.
import type { Suggestion } from '../model/hit.ts'

const kindNames = {
  term: '',
  headline: '标题',
  person: '人名',
  paper: '报纸',
  place: '地名',
  section: '栏目',
} as const satisfies Record<Suggestion['kind'], string>

interface SuggestionsProps {
  suggestions: readonly Suggestion[]
  typed: string
  /** Which one the arrow keys have reached; -1 for none. */
  active: number
  choose: (index: number) => void
}

export function Suggestions({ suggestions, typed, active, choose }: SuggestionsProps) {
  return suggestions.map((suggestion, index) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard where the focus is, in the search box
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search box, which names the active option
    <div
      key={`${suggestion.kind} ${suggestion.text}`}
      id={`suggestion-${index}`}
      role="option"
      aria-selected={index === active}
      // Before the input loses its focus, which would close the list under the finger.
      onPointerDown={(event: { preventDefault(): void }) => event.preventDefault()}
      onClick={() => choose(index)}
    >
      <span class="suggestion-text">{emphasise(suggestion.text, typed)}</span>
      {kindNames[suggestion.kind] !== '' && <span class="suggestion-kind">{kindNames[suggestion.kind]}</span>}
      {suggestion.kind !== 'headline' && (
        <span class="suggestion-count">{suggestion.count.toLocaleString('en-US')} 篇</span>
      )}
    </div>
  ))
}

/** The part of a suggestion that was typed stands out. */
function emphasise(text: string, typed: string) {
  const needle = typed.trim()
  const at = needle === '' ? -1 : text.toLowerCase().indexOf(needle.toLowerCase())
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + needle.length)}</b>
      {text.slice(at + needle.length)}
    </>
  )
}
