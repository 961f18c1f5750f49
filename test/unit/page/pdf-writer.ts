// Writes small PDFs for tests: Chinese text without a font file, rules, frames and pictures, in any drawing order.

type Op = string

/** A page under construction; coordinates in points, origin at the lower left. */
export interface PdfPage {
  /** Horizontal text, its baseline starting at x, y; every character one em wide, ASCII half an em. `width` justifies. */
  text: (x: number, y: number, size: number, text: string, width?: number) => void
  /** Vertical text running down from x, y (the middle of the line and the top of the first character). */
  down: (x: number, y: number, size: number, text: string) => void
  rule: (x0: number, y0: number, x1: number, y1: number) => void
  frame: (x: number, y: number, width: number, height: number) => void
  picture: (x: number, y: number, width: number, height: number) => void
  /** Draws everything in another order, as layout programs do. */
  shuffle: (random: () => number) => void
}

export interface PdfWriter {
  /** `turn` stores the print turned to the left by so many degrees, with a /Rotate entry that shows it upright unless `unsaid`. */
  page: (width: number, height: number, turn?: 0 | 90 | 180 | 270, unsaid?: boolean) => PdfPage
  bytes: () => Uint8Array
}

/** Width of a character in ems. */
export const charWidth = (char: string): number =>
  char.charCodeAt(0) < 0x2e80 && !/[“”‘’—…·]/u.test(char) ? 0.5 : 1

const hex = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase()

/** An empty document. Its one font is a Type0 font without glyphs: readers take the text from its ToUnicode map. */
export function createPdf(): PdfWriter {
  const codes = new Map<string, number>()
  const pages: { width: number; height: number; turn: number; unsaid: boolean; ops: Op[] }[] = []
  const encode = (text: string): string =>
    [...text]
      .map((char) => {
        let code = codes.get(char)
        if (code === undefined) {
          code = codes.size + 1
          codes.set(char, code)
        }
        return hex(code)
      })
      .join('')

  return {
    page(width, height, turn = 0, unsaid = false) {
      const ops: Op[] = []
      pages.push({ width, height, turn, unsaid, ops })
      return {
        text: (x, y, size, text, width) => {
          const natural = [...text].reduce((sum, char) => sum + charWidth(char), 0) * size
          const spread =
            width === undefined ? 0 : Math.max(0, (width - natural) / Math.max(1, [...text].length - 1))
          ops.push(`BT /F1 ${size} Tf ${spread.toFixed(3)} Tc 1 0 0 1 ${x} ${y} Tm <${encode(text)}> Tj ET`)
        },
        down: (x, y, size, text) => {
          const lines = [...text].map(
            (char, i) => `1 0 0 1 ${x - size / 2} ${y - size * (i + 0.88)} Tm <${encode(char)}> Tj`,
          )
          ops.push(`BT /F1 ${size} Tf ${lines.join(' ')} ET`)
        },
        rule: (x0, y0, x1, y1) => ops.push(`0.5 w ${x0} ${y0} m ${x1} ${y1} l S`),
        frame: (x, y, w, h) => ops.push(`0.5 w ${x} ${y} ${w} ${h} re S`),
        picture: (x, y, w, h) => ops.push(`q ${w} 0 0 ${h} ${x} ${y} cm /I1 Do Q`),
        shuffle: (random) => {
          for (let i = ops.length - 1; i > 0; i--) {
            const j = Math.floor(random() * (i + 1))
            ;[ops[i], ops[j]] = [ops[j]!, ops[i]!]
          }
        },
      }
    },
    bytes() {
      const objects: string[] = []
      const add = (body: string): number => objects.push(body)
      const stream = (content: string, dict = ''): string =>
        `<< ${dict} /Length ${content.length} >>\nstream\n${content}\nendstream`
      add('<< /Type /Catalog /Pages 2 0 R >>')
      add('')
      const widths = [...codes].map(([char, code]) => `${code} [${charWidth(char) * 1000}]`).join(' ')
      const map = [...codes].map(
        ([char, code]) =>
          `<${hex(code)}> <${[...Array(char.length).keys()].map((i) => hex(char.charCodeAt(i))).join('')}>`,
      )
      const blocks: string[] = []
      for (let i = 0; i < map.length; i += 100) {
        const part = map.slice(i, i + 100)
        blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`)
      }
      const cmap = add(
        stream(
          `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n${blocks.join('\n')}\nendcmap end end`,
        ),
      )
      const descriptor = add(
        '<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
      )
      const cid = add(
        `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 1000 /W [${widths}] >>`,
      )
      const font = add(
        `<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [${cid} 0 R] /ToUnicode ${cmap} 0 R >>`,
      )
      const image = add(
        stream(
          '\u007f',
          '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
        ),
      )
      const kids = pages.map(({ width, height, turn, unsaid, ops }) => {
        const matrix = {
          0: '',
          90: `0 1 -1 0 ${height} 0 cm\n`,
          180: `-1 0 0 -1 ${width} ${height} cm\n`,
          270: `0 -1 1 0 0 ${width} cm\n`,
        }[turn]
        const sideways = turn % 180 === 90
        const content = add(stream(`${matrix}${ops.join('\n')}`))
        return add(
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${sideways ? height : width} ${sideways ? width : height}] /Rotate ${unsaid ? 0 : turn} /Contents ${content} 0 R /Resources << /Font << /F1 ${font} 0 R >> /XObject << /I1 ${image} 0 R >> >> >>`,
        )
      })
      objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`
      let file = '%PDF-1.5\n'
      const offsets = objects.map((body, index) => {
        const at = file.length
        file += `${index + 1} 0 obj\n${body}\nendobj\n`
        return at
      })
      const start = file.length
      file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`
      return Uint8Array.from(Buffer.from(file, 'latin1'))
    },
  }
}
