// Why a hit stands where it stands: the parts of its score, as a page of its own and, where there is script, in place.
import type { Explanation as Explained, ExplanationPart } from '../schema/answers.ts'

export function Explanation({ score, summary, parts }: Pick<Explained, 'score' | 'summary' | 'parts'>) {
  return (
    <div class="why-parts">
      <p>
        {summary} 得分 {toValueText(score)}
      </p>
      <Parts parts={parts} />
    </div>
  )
}

function Parts({ parts, isInner = false }: { parts: readonly ExplanationPart[]; isInner?: boolean }) {
  return (
    <ul class={isInner ? 'why-inner' : undefined}>
      {parts.map(({ text, value, parts: inner }) => (
        <li key={text}>
          <span>{text}</span> <span class="why-value">{toValueText(value)}</span>
          {inner !== undefined && inner.length > 0 && <Parts parts={inner} isInner />}
        </li>
      ))}
    </ul>
  )
}

/** Enough digits to compare by, without a tail of binary fractions. */
function toValueText(value: number): string {
  return Number(value.toFixed(4)).toString()
}
