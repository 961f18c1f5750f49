// Prints a syntax tree as a query that reads back as the same tree.
import type { QueryNode, WildcardPart } from '../../src/model/query.ts'
import { lexQuery } from '../../src/query/lex-query.ts'
import { doubleQuotes, isWordPart, printedFieldNames } from '../../src/query/signs.ts'

/** Law: parseQuery(printQuery(tree)) is the tree, spans and problems apart, for every tree that parseQuery gives. */
export function printQuery(tree: QueryNode): string {
  if (tree.kind === 'all') return tree.children.map((child) => printPart(child)).join(' ')
  if (tree.kind === 'any') return tree.children.map(printOperand).join(' OR ')
  return printPart(tree)
}

/** A part of a sequence: alternatives need parentheses there. */
function printPart(node: QueryNode): string {
  return node.kind === 'any' ? `(${printQuery(node)})` : printOperand(node)
}

function printOperand(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
    case 'any':
      return `(${printQuery(node)})`
    case 'not':
      return `-${printOperand(node.child)}`
    case 'run':
      return printParts([{ literal: node.text }])
    case 'phrase':
      return quote(node.text)
    case 'near':
      return `${quote(node.texts.join(' '))}~${node.distance}`
    case 'wildcard':
      return printParts(node.parts)
    case 'field':
      return `${printedFieldNames[node.field]}:${printFieldChild(node.child)}`
    case 'filter':
      return `${printedFieldNames[node.field]}:${printValue(node.value)}`
    case 'dates':
      return `${printedFieldNames.date}:${printValue(node.text)}`
    case 'everything':
      return '*'
  }
}

function printFieldChild(node: QueryNode): string {
  const bare = ['run', 'phrase', 'near', 'wildcard', 'everything', 'all', 'any'].includes(node.kind)
  return bare ? printOperand(node) : `(${printOperand(node)})`
}

/** Plain where that reads back the same, else with backslashes. */
function printParts(parts: readonly WildcardPart[]): string {
  const print = (literal: (text: string) => string) =>
    parts.map((part) => ('wild' in part ? part.wild : literal(part.literal))).join('')
  const plain = print((text) => text)
  const { tokens } = lexQuery(plain)
  const [token] = tokens
  const same = tokens.length === 1 && token?.kind === 'run' && token.end === plain.length
  return same && JSON.stringify(token.parts) === JSON.stringify(parts) ? plain : print(escapeSigns)
}

/** The first sign too: a word may be an operator by itself. */
function escapeSigns(text: string): string {
  let escaped = ''
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!
    escaped += i > 0 && isWordPart(sign) ? sign : `\\${sign}`
  }
  return escaped
}

function quote(text: string): string {
  let escaped = ''
  for (const sign of text) escaped += sign === '\\' || doubleQuotes.includes(sign) ? `\\${sign}` : sign
  return `"${escaped}"`
}

/** A filter's value stands bare unless a space or parenthesis would end it. */
function printValue(value: string): string {
  return /^[^\s()（）"“”„＂〝〞「『《〈‘|｜、]+$/.test(value) ? value : quote(value)
}
