// Radicals are ordinary characters in disguise: fonts share their glyphs, and PDFs give them back instead.

/**
 * CJK Radicals Supplement, U+2E80 to U+2EF3, in pairs: radical, ordinary character. NFKC knows only two of them.
 * Forms without a character of their own in the Basic Multilingual Plane are left out.
 */
const supplement =
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭' +
  '⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶' +
  '⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟'

/** Kangxi radicals whose glyph simplified fonts share with another character than the one NFKC names. */
const kangxiExceptions = '⼾户'

const first = 0x2e80
const last = 0x2fd5
const table = buildTable()

function buildTable(): Uint16Array {
  const mapped = new Uint16Array(last - first + 1)
  for (let unit = first; unit <= last; unit++) {
    const own = unit >= 0x2f00 ? String.fromCharCode(unit).normalize('NFKC') : ''
    mapped[unit - first] = own.length === 1 ? own.charCodeAt(0) : unit
  }
  for (const pairs of [supplement, kangxiExceptions]) {
    for (let i = 0; i < pairs.length; i += 2) mapped[pairs.charCodeAt(i) - first] = pairs.charCodeAt(i + 1)
  }
  return mapped
}

/** The ordinary character of a radical as a UTF-16 unit; every other unit is given back unchanged. */
function radicalToOrdinary(unit: number): number {
  return unit >= first && unit <= last ? table[unit - first]! : unit
}

/** Kangxi radicals and the CJK Radicals Supplement to the ordinary characters they look like; same length. */
export function mapRadicals(text: string): string {
  return text.replace(/[\u2e80-\u2fd5]/g, (radical) =>
    String.fromCharCode(radicalToOrdinary(radical.charCodeAt(0))),
  )
}
