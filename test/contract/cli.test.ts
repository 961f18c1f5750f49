// The command line as a person meets it: the compiled program in a process of its own, on the sample and on bad input.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const samplePages = fileURLToPath(new URL('../../index-data/pages', import.meta.url))
const samplePage = join(samplePages, '今日魏都', '2018-11-07', '03.txt')

// Each run is a process that loads the dictionary; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let folder: string

interface Run {
  code: number | null
  out: string
  err: string
}

function xunbao(...words: string[]): Run {
  const { status, stdout, stderr }: SpawnSyncReturns<string> = spawnSync(
    process.execPath,
    [program, ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  // Whatever happens, no person is shown the inside of the program.
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .+[:(]\d+|node:internal/)
  return { code: status, out: stdout, err: stderr }
}

function search(...words: string[]) {
  const { code, out, err } = xunbao('search', ...words, '--json')
  expect(err).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out)
}

beforeAll(() => {
  if (!existsSync(program)) throw new Error('没有 dist/cli/main.js：先运行 npm run compile')
  folder = mkdtempSync(join(tmpdir(), 'xunbao-cli-'))
  const { code, out } = xunbao('build', samplePages)
  expect(out).toContain('已收录')
  expect(code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('样版', () => {
  it('is parsed to one JSON page whose items hold the features, the reports, the briefs and the photos', () => {
    const { code, out } = xunbao('parse', samplePage, '--json')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    const { page, items } = JSON.parse(lines[0]!)
    expect(page).toMatchObject({ paper: '今日魏都', date: '2018-11-07', pageNo: 3 })
    for (const type of ['article', 'brief', 'photo'])
      expect(items.some((item: { type: string }) => item.type === type)).toBe(true)
    expect(new Set(items.map((item: { id: string }) => item.id)).size).toBe(items.length)
  })

  it('is shown to a person without JSON, with reasons when asked', () => {
    expect(xunbao('parse', samplePage).out).toContain('今日魏都  2018-11-07  第 3 版')
    expect(JSON.parse(xunbao('parse', samplePage, '--json', '--reasons').out).reasons.length).toBeGreaterThan(
      0,
    )
  })

  it('answers 社区 with the feature on small communities first', () => {
    const result = search('社区')
    expect(result.hits[0].headline.text).toBe('“小社区”凝聚“大幸福”')
    expect(result.query.interpretation).toBe('exact')
  })

  it('answers 脱贫攻坚 with the report on the paired aid first', () => {
    expect(search('脱贫攻坚').hits[0].headline.text).toBe('结对帮扶一对一 助力脱贫心贴心')
  })

  it.each(['许继', '"1391"', '王'])('finds %s', (query) => {
    expect(search(query).total).toBeGreaterThan(0)
  })

  it('filters by type and date, sorts and pages', () => {
    const briefs = search('魏都', '--type', 'brief', '--size', '2')
    expect(briefs.hits.every((hit: { type: string }) => hit.type === 'brief')).toBe(true)
    expect(search('魏都', '--to', '2018-11-06').total).toBe(0)
    const all = search('魏都', '--from', '2018-11-07', '--sort', 'newest', '--size', '1', '--page', '2')
    expect(all.hits).toHaveLength(1)
    expect(all.page).toBe(2)
  })

  it('takes a query that begins with a minus sign', () => {
    const { articles } = JSON.parse(xunbao('stats', '--json').out)
    expect(search('-社区').total).toBe(articles - search('"社区"').total)
  })

  it('explains a hit to the digit of its score, and why another is none', () => {
    const [hit] = search('社区').hits
    const { code, out } = xunbao('explain', '社区', hit.id, '--json')
    expect(code).toBe(0)
    const explanation = JSON.parse(out)
    expect(explanation.found).toBe(true)
    expect(explanation.score).toBe(hit.score)
    expect(JSON.parse(xunbao('explain', '"没有这样的话"', hit.id, '--json').out).found).toBe(false)
  })

  it('shows how a text is cut', () => {
    const { words } = JSON.parse(xunbao('analyze', '开展脱贫攻坚', '--json').out)
    expect(words.map(({ text }: { text: string }) => text).join('')).toBe('开展脱贫攻坚')
  })

  it('is sound, counted, and exported whole', () => {
    expect(xunbao('check')).toMatchObject({ code: 0 })
    const stats = JSON.parse(xunbao('stats', '--json').out)
    const articles = xunbao('export').out.trimEnd().split('\n')
    expect(articles).toHaveLength(stats.articles)
    const csv = xunbao('export', '社区', '--format', 'csv').out
    expect(csv.charCodeAt(0)).toBe(0xfeff)
  })

  it('is the same archive when it is built from its own export', () => {
    const file = join(folder, 'export.jsonl')
    expect(xunbao('export', '--output', file).code).toBe(0)
    const index = join(folder, 'copy')
    expect(xunbao('build', file, '--index', index).code).toBe(0)
    const articles = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(articles(xunbao('export', '--index', index).out)).toEqual(articles(readFileSync(file, 'utf8')))
  })

  it('takes a page from a pipe of two commands: parse --json, then build', () => {
    const file = join(folder, 'pages.jsonl')
    writeFileSync(file, xunbao('parse', samplePage, '--json').out)
    const index = join(folder, 'piped')
    expect(xunbao('build', file, '--index', index).code).toBe(0)
    expect(JSON.parse(xunbao('stats', '--json', '--index', index).out).articles).toBe(
      JSON.parse(xunbao('stats', '--json').out).articles,
    )
  })
})

describe('增删', () => {
  it('adds, replaces and removes articles on top of what is there', () => {
    const index = join(folder, 'changes')
    const put = (name: string, title: string) => {
      const path = join(folder, name)
      writeFileSync(path, `${JSON.stringify({ id: 'x-1', title, body: '正文。' })}\n`)
      return path
    }
    expect(xunbao('add', put('one.jsonl', '青龙湖开园'), '--index', index).code).toBe(0)
    expect(search('青龙湖', '--index', index).total).toBe(1)
    const replaced = xunbao('add', put('two.jsonl', '白鹭洲开园'), '--index', index, '--json')
    expect(JSON.parse(replaced.out)).toMatchObject({ added: 0, replaced: 1 })
    expect(search('"白鹭洲"', '--index', index).total).toBe(1)
    expect(search('"青龙湖"', '--index', index).total).toBe(0)
    expect(xunbao('remove', 'x-1', '--index', index).code).toBe(0)
    expect(search('"白鹭洲"', '--index', index).total).toBe(0)
    const missing = xunbao('remove', 'x-1', '--index', index)
    expect(missing.code).toBe(1)
    expect(missing.err).toContain('x-1')
  })

  it('keeps the words of the editor: add, list, remove', () => {
    expect(xunbao('dict', 'add', '魏都模式', '大幸福').code).toBe(0)
    expect(xunbao('dict', 'list').out).toBe('魏都模式\n大幸福\n')
    const { words } = JSON.parse(xunbao('analyze', '打造魏都模式', '--json').out)
    expect(words.map(({ text }: { text: string }) => text)).toContain('魏都模式')
    expect(xunbao('dict', 'remove', '魏都模式').code).toBe(0)
    expect(xunbao('dict', 'list').out).toBe('大幸福\n')
    expect(xunbao('dict', 'remove', '没有的词').code).toBe(1)
    expect(xunbao('dict', 'add', '，，').code).toBe(1)
  })
})

describe('坏的输入', () => {
  it.each([
    ['a mistyped command', ['serach', '社区']],
    ['no query', ['search']],
    ['an unknown option', ['search', '社区', '--jsn']],
    ['a size of nothing', ['search', '社区', '--size', '0']],
    ['a size that is no number', ['search', '社区', '--size', '多']],
    ['a day that is none', ['search', '社区', '--from', '2018-02-30']],
    ['days the wrong way round', ['search', '社区', '--from', '2019-01-01', '--to', '2018-01-01']],
    ['a type that is none', ['search', '社区', '--type', 'novel']],
    ['a port that is none', ['serve', '--port', '99999']],
    ['too many words', ['stats', '社区']],
    ['a copy to nowhere', ['copy', '--from', 'index-data/index']],
    ['an address without http', ['copy', '--from', 'index-data/index', '--to', '127.0.0.1:9200']],
    ['nothing at all', []],
  ])('says how it is used: %s', (_, words) => {
    const { code, out, err } = xunbao(...words)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/[一-鿿]/)
  })

  it.each([
    ['search', '社区'],
    ['explain', '社区', 'x'],
    ['stats'],
    ['check'],
    ['export'],
    ['dict', 'list'],
    ['serve', '--port', '0'],
    ['remove', 'x'],
  ])('names a missing index and how to build one: %s', (...words) => {
    const missing = join(folder, '没有的文件夹')
    const { code, err } = xunbao(...words, '--index', missing)
    expect(code).toBe(1)
    expect(err).toContain(missing)
    expect(err).toContain('xunbao build')
    expect(existsSync(missing)).toBe(false)
  })

  it('names an empty, a binary and a missing page file, and reads the others', () => {
    const empty = join(folder, '空.txt')
    const binary = join(folder, '图.txt')
    writeFileSync(empty, '')
    writeFileSync(binary, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 31) % 256)))
    const missing = join(folder, '无.txt')
    for (const command of ['parse', 'build']) {
      const { code, out, err } = xunbao(
        command,
        empty,
        binary,
        missing,
        samplePage,
        ...(command === 'build' ? ['--index', join(folder, 'rest')] : []),
      )
      expect(code).toBe(1)
      for (const file of [empty, binary, missing]) expect(err).toContain(file)
      expect(out).toContain('今日魏都')
    }
    expect(search('社区', '--index', join(folder, 'rest')).total).toBeGreaterThan(0)
  })

  it('does not replace an index by nothing', () => {
    const empty = join(folder, '空.jsonl')
    writeFileSync(empty, '')
    const { code, err } = xunbao('build', empty)
    expect(code).toBe(1)
    expect(err).toContain(empty)
    expect(search('社区').total).toBeGreaterThan(0)
  })

  it.skipIf(process.getuid?.() === 0)('names a folder that may not be read', () => {
    const closed = join(folder, '锁')
    mkdirSync(closed)
    chmodSync(closed, 0)
    const { code, err } = xunbao('build', closed, '--index', join(folder, 'none'))
    chmodSync(closed, 0o700)
    expect(code).toBe(1)
    expect(err).toContain('没有读取权限')
  })

  it.each([
    ['an open quotation mark', '"未闭合'],
    ['an open bracket', '社区 AND ('],
    ['ten thousand characters', '社区'.repeat(5000)],
    ['only signs', '（）“”｜－'],
  ])('searches what can be read of %s, and names the rest', (_, query) => {
    const { query: read } = search(query)
    expect(read.problems.length).toBeGreaterThan(0)
    for (const { message, start, end } of read.problems) {
      expect(message).toMatch(/[一-鿿]/)
      expect(start).toBeLessThanOrEqual(end)
    }
  })

  it('tells of an article that is not there', () => {
    const { code, err } = xunbao('explain', '社区', '没有的编号')
    expect(code).toBe(1)
    expect(err).toContain('没有的编号')
  })

  it('ends quietly when the reader of its output has left', async () => {
    const child = spawn(process.execPath, [program, 'export'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let err = ''
    child.stderr.on('data', (data) => {
      err += data
    })
    child.stdout.destroy()
    await new Promise((resolve) => child.on('close', resolve))
    expect(err).toBe('')
  })
})

describe('服务', () => {
  it('prints its address, answers, takes up a new index by itself, and ends at a signal', async () => {
    const index = join(folder, 'served')
    xunbao('build', samplePages, '--index', index)
    const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--index', index], {
      cwd: folder,
    })
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let out = ''
        child.stdout.on('data', (data) => {
          out += data
          const found = /http:\/\/\S+/.exec(out)
          if (found) resolve(found[0])
        })
        child.on('exit', () => reject(new Error(out)))
      })
      const total = async (q: string) =>
        (await (await fetch(`${url}/api/search?q=${encodeURIComponent(q)}&strict=1`)).json()).total
      expect(await total('社区')).toBeGreaterThan(0)
      expect(await total('青龙湖开园')).toBe(0)
      const more = join(folder, 'more.jsonl')
      writeFileSync(more, `${JSON.stringify({ title: '青龙湖开园', body: '正文。' })}\n`)
      expect(xunbao('build', more, '--force', '--index', index).code).toBe(0)
      await expect.poll(() => total('青龙湖开园'), { timeout: 10_000 }).toBe(1)
      expect(await total('社区')).toBe(0)
    } finally {
      child.kill('SIGTERM')
    }
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect(code).toBe(0)
  })
})
