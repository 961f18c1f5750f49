// Characters that GBK keeps in Unicode's private use area: what old editors and exporters wrote for them.

/** GBK FE50 to FEA0 stand at U+E815 to U+E864; of these a decoder knows all but six. */
const gbkRow = { lead: 0xfe, first: 0x50, last: 0xa0, unit: 0xe815 }
const beyondFirstPlane: ReadonlyMap<number, string> = new Map([
  [0xe816, '𠂇'],
  [0xe817, '𠂉'],
  [0xe818, '𠃌'],
  [0xe831, '𡗗'],
  [0xe83b, '𢦏'],
  [0xe855, '𤇾'],
])

/** Signs of GBK, in the order of U+E78D to U+E796 (vertical punctuation), then of U+E7E7 to U+E7F3. */
const verticalSigns = '︐︒︑︓︔︕︖︗︘︙'
const descriptionSigns = '〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻'

/** Private use unit to the character that is meant. */
export const privateUse: ReadonlyMap<number, string> = readTable()

function readTable(): Map<number, string> {
  const table = new Map(beyondFirstPlane)
  const decoder = new TextDecoder('gb18030')
  let unit = gbkRow.unit
  for (let trail = gbkRow.first; trail <= gbkRow.last; trail++) {
    if (trail === 0x7f) continue
    const character = decoder.decode(Uint8Array.of(gbkRow.lead, trail))
    if (!table.has(unit) && character.charCodeAt(0) !== unit) table.set(unit, character)
    unit++
  }
  for (const [place, sign] of [...verticalSigns].entries()) table.set(0xe78d + place, sign)
  for (const [place, sign] of [...descriptionSigns].entries()) table.set(0xe7e7 + place, sign)
  table.set(0xe7c7, 'ḿ').set(0xe7c8, 'ǹ')
  return table
}
