// Lines become blocks: columns of running text, headings of one or more lines.
import { endsSentence } from '../structure/chars.ts'
import { type Blocks, isDisplay } from './block.ts'
import { toColumns } from './columns.ts'
import type { Fences } from './fences.ts'
import { toHeadings } from './headings.ts'
import { turnBoxBack, turnFences, turnLine } from './orientation.ts'
import { measureStyle, type PageStyle } from './page-style.ts'
import { findSubheads } from './subheads.ts'
import type { TextLine } from './text-lines.ts'

/** All text as columns and headings. Lines across the page's direction make blocks of their own. */
export function toBlocks(lines: readonly TextLine[], style: PageStyle, fences: Fences): Blocks {
  const along = lines.filter((line) => !line.vertical)
  const across = lines.filter((line) => line.vertical)
  const blocks = toBlocksAlong(along, style, fences)
  if (across.length === 0) return blocks
  const source = new Map<TextLine, TextLine>()
  const turned = across.map((line) => {
    const copy = turnLine(line)
    source.set(copy, line)
    return copy
  })
  const other = toBlocksAlong(turned, { ...style, pitch: measureStyle(turned).pitch }, turnFences(fences))
  const back = (line: TextLine): TextLine => source.get(line) ?? line
  return {
    columns: [
      ...blocks.columns,
      ...other.columns.map((column) => ({
        ...column,
        box: turnBoxBack(column.box),
        lines: column.lines.map(back),
        subheads: new Set([...column.subheads].map(back)),
      })),
    ],
    headings: [
      ...blocks.headings,
      ...other.headings.map((heading) => ({
        ...heading,
        box: turnBoxBack(heading.box),
        lines: heading.lines.map(back),
      })),
    ],
  }
}

/** All text of one writing direction as columns and headings. */
function toBlocksAlong(lines: readonly TextLine[], style: PageStyle, fences: Fences): Blocks {
  const display = lines.filter((line) => isDisplay(line.size, style))
  const text = lines.filter((line) => !isDisplay(line.size, style))
  const prose = proseInDisplayType(display, style, fences)
  const subheads = findSubheads(lines, style)
  const inFlow = [
    ...text,
    ...prose,
    ...[...subheads].filter((line) => !prose.has(line) && isDisplay(line.size, style)),
  ]
  const heads = display.filter((line) => !prose.has(line) && !subheads.has(line))
  const columns = toColumns(inFlow, heads, subheads, style, fences)
  return { columns, headings: toHeadings(heads, fences) }
}

/** Leads and editorials set larger than the body: three long lines or more that read as sentences. */
function proseInDisplayType(display: readonly TextLine[], style: PageStyle, fences: Fences): Set<TextLine> {
  const prose = new Set<TextLine>()
  const stacks = toColumns(
    display.filter((line) => line.size < 1.7 * style.bodySize),
    [],
    new Set(),
    { bodySize: style.bodySize, pitch: 0 },
    fences,
  )
  for (const stack of stacks) {
    const text = stack.lines.map((line) => line.text).join('')
    const stops = text.match(/[。！？]/gu)?.length ?? 0
    if (stack.lines.length >= 3 && text.length > 40 && (endsSentence(text) || stops >= 2)) {
      for (const line of stack.lines) prose.add(line)
    }
  }
  return prose
}
