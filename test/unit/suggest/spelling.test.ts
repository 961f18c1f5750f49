// Suggestions are spelled as the paper spells them, although the index keeps folded words.
import { expect, test } from 'vitest'
import { fold } from '../../../src/normalize/normalize.ts'
import { parseSpellings, spellingOf } from '../../../src/suggest/spelling.ts'

test('a reader sees 著名 and 乾隆, not their folded keys', () => {
  for (const word of ['著名', '乾隆', '瞭望', '社区', '不在词典里的词'])
    expect(spellingOf(fold(word))).toBe(word)
})

test('the more frequent of two spellings is shown', () => {
  const spellings = parseSpellings('拚命 5 v\n拼命 50 v\n著名 9 a\n着名 1 a\n')
  expect(spellings.get('拼命')).toBeUndefined()
  expect(spellings.get(fold('著名'))).toBe('著名')
})
