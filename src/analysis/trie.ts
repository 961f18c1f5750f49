// A trie over UTF-16 units in flat typed arrays: nodes are numbers, edges live in one hash table.

/** Grows while words are put in; walking it is a few array reads per unit. */
export interface Trie {
  /** The node reached from `node` by `unit`, or 0. Begin with `root`. */
  step(node: number, unit: number): number
  /** Puts a word in and returns its last node, the same one for the same word. */
  insert(word: string): number
  /** The last node of a word or prefix, or 0. */
  find(word: string): number
  /** Nodes so far; ids are below it. */
  readonly nodeCount: number
}

export const root = 1

/** Edges as open-addressing hash: a slot holds the child, which knows its parent and unit. */
class HashedTrie implements Trie {
  #slots: Int32Array
  #mask: number
  #parents: Int32Array
  #units: Uint16Array
  #count = 2

  constructor(expectedNodes: number) {
    let slots = 1024
    while (slots < expectedNodes * 3) slots *= 2
    this.#slots = new Int32Array(slots)
    this.#mask = slots - 1
    this.#parents = new Int32Array(Math.max(16, expectedNodes))
    this.#units = new Uint16Array(Math.max(16, expectedNodes))
  }

  get nodeCount(): number {
    return this.#count
  }

  step(node: number, unit: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = hash(node, unit) & mask
    for (let child = slots[slot]!; child !== 0; child = slots[slot]!) {
      if (this.#parents[child] === node && this.#units[child] === unit) return child
      slot = (slot + 1) & mask
    }
    return 0
  }

  find(word: string): number {
    let node = root
    for (let i = 0; i < word.length && node !== 0; i++) node = this.step(node, word.charCodeAt(i))
    return node
  }

  insert(word: string): number {
    let node = root
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i)
      node = this.step(node, unit) || this.#add(node, unit)
    }
    return node
  }

  #add(parent: number, unit: number): number {
    if (this.#count >= this.#parents.length) this.#growNodes()
    if (this.#count * 2 > this.#slots.length) this.#growSlots()
    const child = this.#count++
    this.#parents[child] = parent
    this.#units[child] = unit
    this.#place(child)
    return child
  }

  #place(child: number): void {
    let slot = hash(this.#parents[child]!, this.#units[child]!) & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot] = child
  }

  #growNodes(): void {
    const parents = new Int32Array(this.#parents.length * 2)
    const units = new Uint16Array(this.#units.length * 2)
    parents.set(this.#parents)
    units.set(this.#units)
    this.#parents = parents
    this.#units = units
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    this.#mask = this.#slots.length - 1
    for (let child = 2; child < this.#count; child++) this.#place(child)
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** An empty trie with room for so many nodes before it has to grow. */
export function createTrie(expectedNodes: number): Trie {
  return new HashedTrie(expectedNodes)
}
