// Words to try, taken from the archive itself: what its newest headlines speak of, more than its others do.
import type { Archive } from '../../archive/port.ts'

const headlines = 60
const mostCandidates = 24
const mostExamples = 6
const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words of the newest headlines by tf-idf, so that what every page says (举行, 出席) gives way to what is news. */
export async function wordsOfHeadlines(archive: Archive): Promise<string[]> {
  const { hits, total } = await archive.search({ q: '', sort: 'newest', size: headlines })
  const counts = new Map<string, number>()
  for (const { headline } of hits)
    for (const word of new Set(wordsOf(headline.text))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const candidates = [...counts]
    .sort((a, b) => b[1] * b[0].length - a[1] * a[0].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostCandidates)
  const weighed: { word: string; weight: number }[] = []
  for (const [word, count] of candidates) {
    const found = await archive.search({ q: `“${word}”`, size: 1, view: 'ids' })
    weighed.push({ word, weight: count * word.length * Math.log((total + 1) / (found.total + 0.5)) })
  }
  return weighed
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostExamples)
    .map(({ word }) => word)
}

function wordsOf(text: string): string[] {
  return [...words.segment(text)]
    .filter(({ segment, isWordLike }) => isWordLike && /^\p{Script=Han}{2,}$/u.test(segment))
    .map(({ segment }) => segment)
}
