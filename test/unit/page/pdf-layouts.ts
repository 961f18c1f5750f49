// Newspaper pages in layouts of our own, with their truth: made text, set in columns, drawn in shuffled order.
import { charWidth, createPdf, type PdfPage } from './pdf-writer.ts'

export interface MadeStory {
  kicker?: string
  headline: string
  subtitle?: string
  paragraphs: string[]
}

export interface MadePage {
  name: string
  bytes: Uint8Array
  stories: MadeStory[]
  captions: string[]
}

/** Small deterministic random numbers (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const topics = [
  '夏粮收购',
  '旧楼加装电梯',
  '河道清淤',
  '乡村书屋',
  '早市搬迁',
  '公交新线',
  '苗圃扩建',
  '窑洞修缮',
  '夜校开班',
  '桥梁加固',
  '茶园采摘',
  '校园食堂',
  '渔港疏浚',
  '古树普查',
  '雪场开放',
  '水塔改造',
]
const places = ['柳湾镇', '北坡村', '石门街道', '青杨乡', '东关社区', '南岗农场', '白沙港', '槐树营']
const actors = [
  '镇里的干部',
  '几位老住户',
  '施工队',
  '合作社社员',
  '值班医生',
  '中学老师',
  '返乡青年',
  '检修工人',
]
const acts = [
  '连夜清点物资',
  '挨户登记需要',
  '把旧账重新算了一遍',
  '商量出三种办法',
  '请来懂行的师傅',
  '当场定下时间表',
  '试运行了两周',
  '贴出了明白纸',
]
const ends = [
  '大家心里有了底',
  '比去年提前了12天',
  '花费只有原来的七成',
  '周边的人也来打听',
  '眼下正在收尾',
  '群众说办得实在',
]

export function makeStory(random: () => number, paragraphs: number, used: Set<string>): MadeStory {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!
  let topic = pick(topics)
  for (let i = 0; i < 30 && used.has(topic); i++) topic = pick(topics)
  used.add(topic)
  const place = pick(places)
  const sentence = (): string =>
    `${random() < 0.4 ? `${place}的` : ''}${pick(actors)}${random() < 0.35 ? `为${topic}` : ''}${pick(acts)}，${random() < 0.3 ? `${Math.floor(random() * 900)}户人家都看在眼里，` : ''}${pick(ends)}。`
  const texts: string[] = []
  for (let p = 0; p < paragraphs; p++) {
    let text = p === 0 ? `本报讯（记者 ${pick(['赵禾', '钱木生', '孙小川'])}）` : ''
    const count = 2 + Math.floor(random() * 4)
    for (let s = 0; s < count; s++) text += sentence()
    texts.push(text)
  }
  return {
    headline: `${place}${topic}${pick(['见成效', '有了新办法', '进入最后阶段', '让人放心'])}`,
    paragraphs: texts,
  }
}

export interface SetLine {
  text: string
  /** In ems. */
  indent: number
  /** Closes its paragraph: not justified. */
  last: boolean
}

/** Lines of a story in a measure given in ems; the first line of a paragraph is indented by two. */
function wrapText(paragraphs: readonly string[], measure: (line: number) => number): SetLine[] {
  const lines: SetLine[] = []
  for (const paragraph of paragraphs) {
    let indent = 2
    let width = indent
    let text = ''
    for (const char of paragraph) {
      const own = charWidth(char)
      if (width + own > measure(lines.length) + 0.01) {
        // No line begins with a closing sign: the character before it goes along.
        const carry = /[，。；：！？）”、]/u.test(char) ? text.slice(-1) : ''
        lines.push({ text: carry === '' ? text : text.slice(0, -1), indent, last: false })
        indent = 0
        text = carry
        width = carry === '' ? 0 : charWidth(carry)
      }
      text += char
      width += own
    }
    lines.push({ text, indent, last: true })
  }
  return lines
}

/** A place for lines: left edge, baseline of the first line, how many lines. */
export interface Slot {
  x: number
  y: number
  lines: number
  /** Measure in ems. */
  ems: number
}

/** Sets a story into slots, in order; gives back how many lines were left over. */
export function setStory(
  page: PdfPage,
  story: MadeStory,
  slots: readonly Slot[],
  size: number,
  pitch: number,
): number {
  const measures = slots.flatMap((slot) => Array<number>(slot.lines).fill(slot.ems))
  const lines = wrapText(story.paragraphs, (line) => measures[line] ?? measures.at(-1) ?? 20)
  let at = 0
  for (const slot of slots) {
    for (let i = 0; i < slot.lines && at < lines.length; i++, at++) {
      const line = lines[at]!
      page.text(
        slot.x + line.indent * size,
        slot.y - i * pitch,
        size,
        line.text,
        line.last ? undefined : (slot.ems - line.indent) * size,
      )
    }
  }
  return lines.length - at
}

/** Slots for a story in `count` equal columns under y, just deep enough to hold it. */
export function columnSlots(
  story: MadeStory,
  x: number,
  y: number,
  count: number,
  ems: number,
  gutter: number,
  size: number,
  pitch: number,
): { slots: Slot[]; bottom: number } {
  const total = wrapText(story.paragraphs, () => ems).length
  const depth = Math.ceil(total / count)
  const slots = Array.from({ length: count }, (_, i) => ({
    x: x + i * (ems * size + gutter),
    y,
    lines: depth,
    ems,
  }))
  return { slots, bottom: y - depth * pitch }
}

const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, char) => sum + charWidth(char), 0) * size

export type LayoutName =
  | 'above'
  | 'centred'
  | 'left'
  | 'beside'
  | 'vertical-head'
  | 'inside'
  | 'below'
  | 'picture'
  | 'framed'
  | 'tight'
  | 'pair'
  | 'dropped-picture'

export const layoutNames: readonly LayoutName[] = [
  'above',
  'centred',
  'left',
  'beside',
  'vertical-head',
  'inside',
  'below',
  'picture',
  'framed',
  'tight',
  'pair',
  'dropped-picture',
]

/** A page of three bands, each in one of the layouts; the drawing order is shuffled. */
export function makePage(seed: number, layouts: readonly LayoutName[] = layoutNames): MadePage {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const pdf = createPdf()
  const size = pick([8, 9, 10, 10.5])
  const pitch = size * pick([1.35, 1.5, 1.6])
  const width = 1000
  const height = 1500
  const page = pdf.page(width, height)
  const stories: MadeStory[] = []
  const captions: string[] = []
  const used = new Set<string>()
  const names: string[] = []
  page.text(40, height - 60, 26, '青川日报')
  page.text(420, height - 60, 9, '2021年3月9日 星期二')
  page.text(800, height - 60, 9, '第4版')
  page.rule(40, height - 72, width - 40, height - 72)
  const rules = random() < 0.5
  let y = height - 100
  for (let band = 0; band < 3; band++) {
    const layout = pick(layouts)
    names.push(layout)
    const gutter = layout === 'tight' ? size * (1 + 0.2 * random()) : size * (1.6 + random())
    const full = width - 80
    const put = (
      story: MadeStory,
      x: number,
      top: number,
      span: number,
      columns: number,
      where: 'centre' | 'left',
      headSize = 22,
    ): number => {
      const ems = Math.floor((span - (columns - 1) * gutter) / columns / size)
      const real = columns * ems * size + (columns - 1) * gutter
      const wide = textWidth(story.headline, headSize)
      const rows =
        wide > real
          ? [
              story.headline.slice(0, Math.ceil(story.headline.length / 2)),
              story.headline.slice(Math.ceil(story.headline.length / 2)),
            ]
          : [story.headline]
      let at = top
      if (story.kicker) {
        page.text(
          where === 'centre' ? x + (real - textWidth(story.kicker, 13)) / 2 : x,
          at - 13,
          13,
          story.kicker,
        )
        at -= 20
      }
      for (const row of rows) {
        page.text(
          where === 'centre' ? x + (real - textWidth(row, headSize)) / 2 : x,
          at - headSize,
          headSize,
          row,
        )
        at -= headSize * 1.25
      }
      if (story.subtitle) {
        page.text(
          where === 'centre' ? x + (real - textWidth(story.subtitle, 12)) / 2 : x,
          at - 12,
          12,
          story.subtitle,
        )
        at -= 20
      }
      const { slots, bottom } = columnSlots(story, x, at - 8 - size, columns, ems, gutter, size, pitch)
      setStory(page, story, slots, size, pitch)
      stories.push(story)
      return bottom
    }
    let bottom = y
    if (layout === 'pair') {
      const half = full * pick([0.4, 0.5, 0.6]) - 14
      const a = put(makeStory(random, 4, used), 40, y, half, pick([2, 3]), 'centre')
      const b = put(
        makeStory(random, 4, used),
        40 + half + 28,
        y,
        full - half - 28,
        pick([2, 3]),
        pick(['left', 'centre'] as const),
      )
      bottom = Math.min(a, b)
    } else if (layout === 'framed') {
      const span = 300
      const inner = makeStory(random, 2, used)
      const low = put(inner, 52, y - 12, span - 24, 1, 'left', 16)
      page.frame(40, low - 2, span, y - low + 2)
      const rest = put(makeStory(random, 5, used), 40 + span + 20, y, full - span - 20, 3, 'centre')
      bottom = Math.min(low - 10, rest)
    } else if (layout === 'beside' || layout === 'vertical-head') {
      const story = makeStory(random, 5, used)
      const headRoom = layout === 'vertical-head' ? 40 : 190
      const columns = 3
      const ems = Math.floor((full - headRoom - (columns - 1) * gutter) / columns / size)
      const { slots, bottom: low } = columnSlots(
        story,
        40 + headRoom,
        y - size,
        columns,
        ems,
        gutter,
        size,
        pitch,
      )
      if (layout === 'vertical-head') page.down(54, y, 20, story.headline)
      else {
        const third = Math.ceil(story.headline.length / 2)
        page.text(40, y - 30, 20, story.headline.slice(0, third))
        page.text(40, y - 56, 20, story.headline.slice(third))
      }
      setStory(page, story, slots, size, pitch)
      stories.push(story)
      bottom = Math.min(low, layout === 'vertical-head' ? y - 20 * story.headline.length : y - 70)
    } else if (layout === 'inside') {
      const story = makeStory(random, 7, used)
      const columns = 4
      const ems = Math.floor((full - (columns - 1) * gutter) / columns / size)
      const step = ems * size + gutter
      const drop = 3
      const total = wrapText(story.paragraphs, () => ems).length
      const depth = Math.ceil((total + 2 * drop) / columns)
      const slots = Array.from({ length: columns }, (_, i) => {
        const under = i === 1 || i === 2
        return {
          x: 40 + i * step,
          y: y - size - (under ? drop * pitch : 0),
          lines: under ? depth - drop : depth,
          ems,
        }
      })
      const headSize = Math.min(20, (2 * ems * size) / textWidth(story.headline, 1))
      page.text(
        40 + step + (2 * ems * size + gutter - textWidth(story.headline, headSize)) / 2,
        y - size - headSize * 0.6,
        headSize,
        story.headline,
      )
      setStory(page, story, slots, size, pitch)
      stories.push(story)
      bottom = y - size - depth * pitch
    } else if (layout === 'below') {
      const story = makeStory(random, 4, used)
      const columns = 4
      const ems = Math.floor((full - (columns - 1) * gutter) / columns / size)
      const { slots, bottom: low } = columnSlots(story, 40, y - size, columns, ems, gutter, size, pitch)
      setStory(page, story, slots, size, pitch)
      page.text(40, low - 18, 22, story.headline)
      stories.push(story)
      bottom = low - 30
    } else if (layout === 'picture' || layout === 'dropped-picture') {
      const story = makeStory(random, 8, used)
      const columns = 4
      const ems = Math.floor((full - (columns - 1) * gutter) / columns / size)
      const step = ems * size + gutter
      page.text(40, y - 22, 22, story.headline)
      const top = y - 40 - size
      const pictureHeight = 8 * pitch
      const caption = `${makeStory(random, 1, used).headline.slice(0, 14)}。 周未 摄`
      captions.push(caption.split(' ')[0]!)
      const total = wrapText(story.paragraphs, () => ems).length
      const pictureLines = 11
      const depth = Math.max(pictureLines + 6, Math.ceil((total + 2 * pictureLines) / columns))
      if (layout === 'picture') {
        // Under the headline, over the last two columns.
        const slots = Array.from({ length: columns }, (_, i) => ({
          x: 40 + i * step,
          y: top - (i >= 2 ? pictureLines * pitch : 0),
          lines: i >= 2 ? depth - pictureLines : depth,
          ems,
        }))
        page.picture(40 + 2 * step, top + size - pictureHeight, 2 * ems * size + gutter, pictureHeight)
        page.text(40 + 2 * step, top + size - pictureHeight - 12, size * 0.9, caption)
        setStory(page, story, slots, size, pitch)
      } else {
        // In the middle of columns two and three: the text runs round it.
        const upper = Math.max(2, Math.floor((depth - pictureLines) / 2))
        const slots: Slot[] = []
        for (let i = 0; i < columns; i++) {
          const x = 40 + i * step
          if (i === 1 || i === 2) {
            slots.push({ x, y: top, lines: upper, ems })
            slots.push({
              x,
              y: top - (upper + pictureLines) * pitch,
              lines: depth - upper - pictureLines,
              ems,
            })
          } else slots.push({ x, y: top, lines: depth, ems })
        }
        const pictureTop = top - (upper - 1) * pitch - size
        page.picture(40 + step, pictureTop - pictureHeight, 2 * ems * size + gutter, pictureHeight)
        page.text(40 + step, pictureTop - pictureHeight - 12, size * 0.9, caption)
        setStory(page, story, slots, size, pitch)
      }
      stories.push(story)
      bottom = top - depth * pitch
    } else {
      const story = makeStory(random, 5, used)
      if (random() < 0.5) story.kicker = '全市上半年实事办理巡礼'
      if (random() < 0.5) story.subtitle = '——来自一线的走访记录'
      bottom = put(story, 40, y, full, pick([3, 4, 5]), layout === 'left' ? 'left' : 'centre')
    }
    y = bottom - 34
    if (rules && band < 2) page.rule(40, y + 18, width - 40, y + 18)
  }
  page.shuffle(random)
  return { name: `${seed}: ${names.join(', ')}`, bytes: pdf.bytes(), stories, captions }
}
