// Words that people add: weighed beside the lexicon when a text is cut, and taken away again at any time.
import { SearchError } from '../model/errors.ts'
import { fold } from '../normalize/normalize.ts'
import type { Lexicon } from './lexicon.ts'
import { createSegmenter, type ExtraWords } from './segmenter.ts'
import { createTrie, type Trie } from './trie.ts'

export interface UserWords extends ExtraWords {
  /** Folded, in code unit order. */
  readonly words: readonly string[]
  has(word: string): boolean
  add(words: readonly string[]): void
  remove(words: readonly string[]): void
}

/** Whether a text holds anything that can be searched for, as a user word must. */
export function canBeWord(printed: string): boolean {
  return /[\p{L}\p{N}]/u.test(fold(printed))
}

/** How much likelier a user word is than the best reading of its characters without it, as a logarithm. */
const lead = 2

export function createUserWords(lexicon: Lexicon): UserWords {
  const segmenter = createSegmenter(lexicon)
  /** Folded word to its weight. */
  const weights = new Map<string, number>()
  let sorted: string[] | undefined
  let trie: Trie = createTrie([])
  let weightOfNode: number[] = []

  /** The trie cannot forget a word, so it is made anew: there are few user words. */
  function rebuild(): void {
    trie = createTrie([...weights.keys()])
    weightOfNode = []
    for (const [word, weight] of weights) weightOfNode[trie.find(word)] = weight
    sorted = undefined
  }

  return {
    get words() {
      sorted ??= [...weights.keys()].sort()
      return sorted
    },
    has: (word) => weights.has(word),
    add(words) {
      for (const [index, printed] of words.entries()) {
        const word = fold(printed)
        if (!canBeWord(printed)) {
          throw new SearchError(
            'DICTIONARY_INVALID',
            `用户词第 ${index + 1} 个“${printed}”没有可以检索的字`,
            {
              line: index + 1,
            },
          )
        }
        weights.set(word, Math.max(lexicon.medianWeight, segmenter.weigh(word)) + lead)
      }
      rebuild()
    },
    remove(words) {
      for (const printed of words) weights.delete(fold(printed))
      rebuild()
    },
    startingAt(text, start, end, found) {
      if (weights.size === 0) return
      let node = trie.first[text.charCodeAt(start)]!
      for (let at = start + 1; node !== 0; at++) {
        const weight = weightOfNode[node]
        if (weight !== undefined) found(at - start, weight)
        if (at >= end) return
        node = trie.step(node, text.charCodeAt(at))
      }
    },
  }
}
