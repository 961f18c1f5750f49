// The queries that ask most of an archive: time of each answer, and how long it keeps other events waiting.
//   npx tsx bench/query-bounds.ts INDEX [RANDOM_QUERIES=300] [SEED=1]
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openArchive } from '../src/archive/open-archive.ts'

const [index = 'index-data/index', count = '300', seed = '1'] = process.argv.slice(2)
const archive = await openArchive({ index })
const frequent =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经'

const named: [name: string, q: string][] = [
  ['社?建设', '社?建设'],
  ['社*务', '社*务'],
  ['的*了', '的*了'],
  ['的?*?*…（60 个）', `的${'?*'.repeat(60)}`],
  ['人?', '人?'],
  ['?人', '?人'],
  ['"的 了"~5', '"的 了"~5'],
  ['"社区 养老"~10', '"社区 养老"~10'],
  ['250 个字相距 1000', `"${[...frequent.repeat(3)].slice(0, 250).join(' ')}"~1000`],
  ['64 个单字 OR', [...frequent].join(' OR ')],
  ['170 个单字 OR', [...frequent.repeat(3)].slice(0, 170).join('|')],
  ['512 个常用字', [...frequent.repeat(9)].slice(0, 512).join('')],
  ['《》①? 重复', '《》①?'.repeat(100)],
  ['F-16？…', 'F-16？…'],
  ['垃圾分类难在哪？专家来支招', '垃圾分类难在哪？专家来支招'],
  ['中 国 人 （256 个单字）', [...frequent.repeat(5)].slice(0, 256).join(' ')],
  [
    '- 排除 100 个字',
    [...frequent.repeat(2)]
      .slice(0, 100)
      .map((one) => `-${one}`)
      .join(' '),
  ],
  ['括号 100 层', `${'('.repeat(100)}社区${')'.repeat(100)}`],
]

/** The same on every machine (Park and Miller). */
let state = Number(seed)
const below = (n: number) => {
  state = (state * 48271) % 2147483647
  return state % n
}
const signs = [
  '?',
  '*',
  ' ',
  '"',
  '“',
  '”',
  '|',
  '-',
  '(',
  ')',
  '～5',
  '或',
  '，',
  '。',
  'A',
  '19',
  '标题:',
  '《',
  '？',
]
for (let i = 0; i < Number(count); i++) {
  let q = ''
  const length = 1 + below(512)
  const share = below(4)
  while (q.length < length)
    q += below(4) < share ? signs[below(signs.length)]! : frequent[below(frequent.length)]!
  named.push([`随机 ${i}`, q.slice(0, 512)])
}

await archive.search({ q: '社区' })
const rows: { name: string; ms: number; delayMs: number; total: number; said: boolean; q: string }[] = []
for (const [name, q] of named) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await new Promise((resolve) => setTimeout(resolve, 3))
  delay.reset()
  const begun = performance.now()
  const { total, query, notices } = await archive.search({ q })
  const ms = performance.now() - begun
  await new Promise((resolve) => setTimeout(resolve, 3))
  delay.disable()
  rows.push({
    name,
    ms,
    delayMs: delay.max / 1e6,
    total,
    said: query.problems.length + notices.length > 0,
    q,
  })
}
const shown = (row: (typeof rows)[number]) =>
  `| ${row.name} | ${row.ms.toFixed(0)} | ${row.delayMs.toFixed(0)} | ${row.total} | ${row.said ? '有' : ''} |`
console.log(
  '| 检索 query | 毫秒 ms | 事件循环最长停顿 longest delay ms | 总数 total | 有说明 says so |\n|---|--:|--:|--:|---|',
)
for (const row of rows.filter(({ name }) => !name.startsWith('随机'))) console.log(shown(row))
const random = rows.filter(({ name }) => name.startsWith('随机')).sort((a, b) => a.ms - b.ms)
for (const [name, share] of [
  ['随机，中位', 0.5],
  ['随机，p99', 0.99],
  ['随机，最慢', 1],
] as const) {
  const row = random[Math.min(random.length - 1, Math.floor(random.length * share))]
  if (row) console.log(shown({ ...row, name }))
}
console.log(`| 随机，停顿最长 | | ${Math.max(...random.map(({ delayMs }) => delayMs)).toFixed(0)} | | |`)
if (process.env.XUNBAO_SHOW)
  for (const row of random.slice(-5))
    console.log(row.ms.toFixed(0), row.delayMs.toFixed(0), row.q.slice(0, 160))
await archive.close()
