// A trie over UTF-16 units in one hash table: a node is the slot of the edge that leads to it.

/**
 * Slot s is four numbers from `table[4 * s]` on: the parent node (0: the slot is free), the unit of the edge, and two
 * values for whoever made the trie, 0 unless set. One look at memory for each unit, values included: hot loops walk
 * the table themselves.
 */
export interface Trie {
  readonly table: Int32Array
  /** Number of slots less one; nodes are from 1 to it. */
  readonly mask: number
  /** Nodes of the first units, by unit; 0 where no word begins so. */
  readonly first: Int32Array
  /** The node that `unit` leads to from `node`, or 0. */
  step(node: number, unit: number): number
  /** The node of a word or prefix, or 0. */
  find(word: string): number
}

/** Numbers in a slot, and which is which. */
export const slotSize = 4
export const unitField = 1
/** In the lexicon's trie: the key id of a word that ends here. */
export const keyField = 2
/** In the lexicon's trie: the number of the weight of a word that ends here. */
export const weightField = 3

/** Below this share of filled slots, a look at memory is nearly always enough. */
const greatestLoad = 0.6

/** Makes the trie of some words. */
export function createTrie(words: readonly string[]): Trie {
  const bounds: number[] = []
  let end = 0
  for (const word of words) {
    bounds.push(end, end + word.length)
    end += word.length
  }
  return createTrieWithin(words.join(''), bounds)
}

/**
 * Makes the trie of words that stand in a text: word i from offset `bounds[2 * i]` to before `bounds[2 * i + 1]`. `nodes`,
 * when given, takes the node of each. `slotGuess` is a first guess at the number of slots, a power of two, doubled
 * until everything fits.
 */
export function createTrieWithin(
  text: string,
  bounds: readonly number[],
  slotGuess = 64,
  nodes?: Int32Array,
): Trie {
  for (let slots = slotGuess; ; slots *= 2) {
    const trie = tryTrie(text, bounds, slots, nodes)
    if (trie) return trie
  }
}

/** The word or prefix that leads to a node. */
export function spell({ table, mask }: Trie, node: number): string {
  let word = ''
  for (let at = node; at <= mask; at = table[at * slotSize]!)
    word = String.fromCharCode(table[at * slotSize + unitField]!) + word
  return word
}

/** Where the search for an edge begins. */
export function slotOf(node: number, unit: number, mask: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & mask
}

function tryTrie(
  text: string,
  bounds: readonly number[],
  slots: number,
  nodes: Int32Array | undefined,
): Trie | null {
  const table = new Int32Array(slots * slotSize)
  const mask = slots - 1
  const first = new Int32Array(0x10000)
  /** Parent of all first units: no slot has this number. Slot 0 is never given out, since 0 means none. */
  const root = slots
  table[0] = -1
  let room = Math.floor(slots * greatestLoad)
  const step = (node: number, unit: number): number => {
    for (let slot = slotOf(node, unit, mask); ; slot = (slot + 1) & mask) {
      const parent = table[slot * slotSize]!
      if (parent === 0) return 0
      if (parent === node && table[slot * slotSize + unitField] === unit) return slot
    }
  }
  const add = (node: number, unit: number): number => {
    let slot = slotOf(node, unit, mask)
    while (table[slot * slotSize] !== 0) slot = (slot + 1) & mask
    table[slot * slotSize] = node
    table[slot * slotSize + unitField] = unit
    room--
    return slot
  }
  for (let index = 0; index < bounds.length / 2; index++) {
    const end = bounds[2 * index + 1]!
    let at = bounds[2 * index]!
    if (at === end) continue
    const unit = text.charCodeAt(at++)
    let node = first[unit]!
    if (node === 0) {
      node = add(root, unit)
      first[unit] = node
    }
    while (at < end) {
      if (room <= 0) return null
      const next = text.charCodeAt(at++)
      node = step(node, next) || add(node, next)
    }
    if (room <= 0) return null
    if (nodes !== undefined) nodes[index] = node
  }
  return {
    table,
    mask,
    first,
    step,
    find(word) {
      let node = word.length === 0 ? 0 : first[word.charCodeAt(0)]!
      for (let i = 1; i < word.length && node !== 0; i++) node = step(node, word.charCodeAt(i))
      return node
    },
  }
}
