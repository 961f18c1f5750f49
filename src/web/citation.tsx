// How an article is cited: three formats, to be selected, or copied where there is script.
import type { Citation } from '../schema/answers.ts'

const formats = [
  { name: 'gbt7714', title: 'GB/T 7714' },
  { name: 'bibtex', title: 'BibTeX' },
  { name: 'ris', title: 'RIS' },
] as const satisfies readonly { name: keyof Citation; title: string }[]

export function Citations({ citation }: { citation: Citation }) {
  return (
    <details id="cite" class="citation">
      <summary>引用这篇</summary>
      {formats.map(({ name, title }) => (
        <div key={name} class="citation-format">
          <h3>{title}</h3>
          <button type="button" data-copy={`cite-${name}`} aria-label={`复制 ${title} 引文`} hidden>
            复制
          </button>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard, too */}
          <pre id={`cite-${name}`} tabIndex={0}>
            {citation[name]}
          </pre>
        </div>
      ))}
    </details>
  )
}
