// What tells the stories of hits apart. A segment never changes: each of its articles is sketched once.
import type { SegmentReader } from '../index/directory/reader.ts'
import { type StorySketch, sketchOf } from '../schema/reprints.ts'
import { storedArticle } from '../schema/stored-articles.ts'
import type { RankedHit } from './top-collector.ts'

const sketches = new WeakMap<SegmentReader, Map<number, StorySketch>>()

export function storySketch(hit: RankedHit): StorySketch {
  const { segment, document } = hit
  let known = sketches.get(segment)
  if (!known) {
    known = new Map()
    sketches.set(segment, known)
  }
  let sketch = known.get(document)
  if (!sketch) {
    sketch = sketchOf(storedArticle(hit))
    known.set(document, sketch)
  }
  return sketch
}
