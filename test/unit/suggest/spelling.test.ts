// Suggestions are spelled as the paper spells them, although the index keeps folded words.
import { expect, test } from 'vitest'
import { fold } from '../../../src/normalize/normalize.ts'
import { spellingOf } from '../../../src/suggest/spelling.ts'

test('a reader sees 著名 and 乾隆, not their folded keys', () => {
  for (const word of ['著名', '乾隆', '瞭望', '社区', '不在词典里的词'])
    expect(spellingOf(fold(word))).toBe(word)
})
