// Captions: blocks of lines that a credit closes (侯聪 摄).
import { toPlainScript } from '../../normalize/normalize.ts'
import { type Caption, splitCaptions } from '../structure/caption.ts'
import { endsSentence } from '../structure/chars.ts'
import { joinLines, removeLetterSpacing } from '../structure/join-lines.ts'
import type { Unit } from './unit.ts'

export interface CaptionBlock {
  units: number[]
  captions: Caption[]
}

const creditTail = /(?:^|[\s。！？”）…]|记者)\s*\S{0,6}\s*(?:摄影报道|摄影|摄|供图|制图|绘图|绘)\s*[）)]?$/u

/** True for a line that a credit closes; such a line is never parted between columns. */
export function mayCloseCaption(text: string): boolean {
  return creditTail.test(toPlainScript(text.trim()))
}

/** Finds caption blocks: the line with the credit and the lines above it that touch it and are as wide. */
export function findCaptions(units: readonly Unit[]): CaptionBlock[] {
  const blocks: CaptionBlock[] = []
  const taken = new Set<number>()
  for (const unit of units) {
    if (!mayCloseCaption(unit.text) || taken.has(unit.index)) continue
    const block = [unit.index]
    let text = unit.text
    while (block.length < 8) {
      const first = units[block[0]!]!
      const above = units[first.index - 1]
      if (above === undefined || taken.has(above.index) || above.line === first.line) break
      const unfinished = splitCaptions(text)[0]?.caption ?? ''
      if (first.blankBefore > 0 && unfinished.length > 6 && !startsInside(unfinished)) break
      if (first.blankBefore > 1) break
      if (endsSentence(above.text) && above.width < above.measure - 1 && unfinished !== '') break
      // The first line may be indented.
      if (block.length > 1 && Math.abs(above.width - first.width) > (above.blankBefore > 0 ? 5.5 : 2)) break
      if (above.width < unit.width - 2 && unfinished !== '') break
      block.unshift(above.index)
      text = joinLines([above.text, text])
    }
    const captions = splitCaptions(text)
    if (captions.length === 0 || captions[0]!.caption.length < 2) continue
    const rest = text.slice(captions.at(-1)!.end).trim()
    if (rest !== '') captions.at(-1)!.caption += ` ${rest}`
    for (const each of captions) each.caption = removeLetterSpacing(each.caption)
    for (const i of block) taken.add(i)
    blocks.push({ units: block, captions })
  }
  return blocks
}

/** True when a text begins as no sentence does: it is the rest of one. */
function startsInside(text: string): boolean {
  return /^[，。、；：”）》]/u.test(text)
}
