// Writes src/normalize/unihan-variants.ts from Unihan_Variants.txt of the Unicode Character Database:
//   node scripts/make-variants.mjs Unihan_Variants.txt
// A character of old print is tied to the one character in use that Unihan calls its variant; two characters that are
// both in use today are never tied, whatever the table says. Run again when opencc-js or Unicode changes.
import { readFileSync, writeFileSync } from 'node:fs'

const [path] = process.argv.slice(2)
if (!path) throw new Error('node scripts/make-variants.mjs Unihan_Variants.txt')
const { readVariants } = await import('../dist/normalize/variants.js')
const { representative, isSimplified, usesOf } = readVariants('')
const classOf = (character) => representative.get(character) ?? character

/** Classes that hold a character in use today. */
const inUse = new Set()
for (let code = 0x3400; code < 0xa000; code++) {
  const character = String.fromCodePoint(code)
  if (isSimplified(character)) inUse.add(classOf(character))
}
const kinds = ['kZVariant', 'kSimplifiedVariant', 'kTraditionalVariant', 'kSemanticVariant']
const pairs = []
for (const line of readFileSync(path, 'utf8').split('\n')) {
  const [code, kind, values] = line.split('\t')
  if (!/^U\+/.test(line) || !kinds.includes(kind)) continue
  const own = String.fromCodePoint(Number.parseInt(code.slice(2), 16))
  for (const [, other] of values.matchAll(/U\+([0-9A-F]+)/g))
    pairs.push([own, String.fromCodePoint(Number.parseInt(other, 16)), kinds.indexOf(kind)])
}
const said = new Set(pairs.map(([a, b]) => a + b))
const use = ([a, b]) => Math.max(usesOf(classOf(a)), usesOf(classOf(b)))
const isMutual = ([a, b]) => Number(said.has(b + a))
pairs.sort((x, y) => isMutual(y) - isMutual(x) || use(y) - use(x) || x[2] - y[2])

const tied = new Map()
const rootOf = (character) => {
  let root = classOf(character)
  while (tied.has(root)) root = tied.get(root)
  return root
}
const lines = []
// Again, for variants of variants.
for (let round = 0; round < 3; round++)
  for (const [a, b] of pairs) {
    const [x, y] = [rootOf(a), rootOf(b)]
    if (x === y || inUse.has(x) === inUse.has(y)) continue
    const [from, to] = inUse.has(x) ? [y, x] : [x, y]
    tied.set(from, to)
    lines.push(from + to)
  }
lines.sort()
const rows = []
for (let at = 0; at < lines.length; at += 36) rows.push(lines.slice(at, at + 36).join(' '))
writeFileSync(
  new URL('../src/normalize/unihan-variants.ts', import.meta.url),
  `// Made by scripts/make-variants.mjs from Unihan_Variants.txt (Unicode Character Database, © Unicode, Inc.): facts only.

/** Characters of old print that opencc's dictionaries do not know, each with the character in use that it stands for. */
export const unihanVariants = \`
${rows.join('\n')}
\`
`,
)
console.log(`${lines.length} pairs`)
