// Holds the plan of the house: which room may import which, no circles, one file for each heavy library.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src', import.meta.url))

/** Rooms from the ground up, each with the rooms it may import. */
const roomTable: Record<string, readonly string[]> = {
  model: [],
  normalize: ['model'],
  analysis: ['normalize', 'model'],
  page: ['normalize', 'analysis', 'model'],
  index: ['model'],
  schema: ['analysis', 'index', 'normalize', 'model'],
  query: ['analysis', 'normalize', 'model'],
  search: ['schema', 'index', 'query', 'analysis', 'normalize', 'model'],
  highlight: ['query', 'analysis', 'normalize', 'model'],
  // What a reader gets of an article, wherever it is kept.
  answer: ['highlight', 'schema', 'query', 'analysis', 'normalize', 'model'],
  suggest: ['analysis', 'index', 'normalize', 'model'],
  ingest: ['page', 'schema', 'suggest', 'index', 'analysis', 'normalize', 'model'],
  archive: [
    'cluster',
    'ingest',
    'answer',
    'suggest',
    'highlight',
    'search',
    'query',
    'schema',
    'index',
    'page',
    'analysis',
    'normalize',
    'model',
  ],
  // The same port, on OpenSearch: our own index is not its business.
  cluster: [
    'archive',
    'ingest',
    'answer',
    'suggest',
    'highlight',
    'query',
    'schema',
    'analysis',
    'normalize',
    'model',
  ],
  // Of the archive the server knows the port only.
  server: ['archive', 'schema', 'web', 'model'],
  web: ['model', 'schema'],
  // The two front doors: the library's and the command line's.
  xunbao: ['archive', 'server', 'ingest', 'schema', 'model'],
  cli: ['cluster', 'archive', 'server', 'ingest', 'schema', 'index', 'analysis', 'normalize', 'model'],
}

/** Libraries that only one file of one room may know. */
const oneFileLibraries: Record<string, string> = {
  nodejieba: 'analysis',
  flexsearch: 'suggest',
  express: 'server',
  'pdfjs-dist': 'page',
  '@opensearch-project/opensearch': 'cluster',
}

interface Import {
  /** Path below src. */
  from: string
  /** Path below src, or the library's name. */
  to: string
  isLibrary: boolean
  isTypeOnly: boolean
}

interface SourceFile {
  path: string
  text: string
  imports: Import[]
}

function sourceFiles(): SourceFile[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => {
      const full = join(entry.parentPath, entry.name)
      const path = relative(source, full).split(sep).join('/')
      const text = readFileSync(full, 'utf8')
      return { path, text, imports: importsOf(path, text) }
    })
}

function importsOf(path: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const found: Import[] = []
  const add = (target: string, isTypeOnly: boolean) => {
    const isLibrary = !target.startsWith('.')
    const to = isLibrary
      ? target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/')
      : relative(source, resolve(source, dirname(path), target))
          .split(sep)
          .join('/')
    found.push({ from: path, to, isLibrary, isTypeOnly })
  }
  for (const [, kind = '', clause = '', target = ''] of code.matchAll(
    /^\s*(import|export)\s+([^'";]*?)from\s+'([^']+)'/gm,
  )) {
    const named = /^\{([\s\S]*)\}$/.exec(clause.trim())
    const isTypeOnly =
      /^type\b/.test(clause) ||
      (named !== null &&
        kind === 'import' &&
        named[1]!.split(',').every((name) => /^\s*(type\s|$)/.test(name)))
    add(target, isTypeOnly)
  }
  for (const [, target = ''] of code.matchAll(/^\s*import\s+'([^']+)'/gm)) add(target, false)
  // import('x'), require('x'), require.resolve('x'), createRequire(…)('x') and createRequire(…).resolve('x')
  for (const [, target = ''] of code.matchAll(
    /\b(?:import|require|createRequire\([^()]*\))(?:\.resolve)?\(\s*'([^']+)'\s*\)/g,
  ))
    if (target.startsWith('.') ? !target.endsWith('.json') : true) add(target, false)
  return found
}

function roomOf(path: string): string {
  return path.split('/')[0]!.replace(/\.ts$/, '')
}

const files = sourceFiles()
const imports = files.flatMap((file) => file.imports)

describe('the rooms of the house', () => {
  it('reads imports at all', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.some(({ isLibrary, to }) => isLibrary && to === 'commander')).toBe(true)
  })

  it('has no file outside the rooms of the table', () => {
    const strangers = files.map(({ path }) => path).filter((path) => !(roomOf(path) in roomTable))
    expect(strangers).toEqual([])
  })

  it('lets a room import only from the rooms below it', () => {
    const climbing = imports
      .filter(({ isLibrary }) => !isLibrary)
      .filter(({ from, to }) => roomOf(from) !== roomOf(to) && !roomTable[roomOf(from)]!.includes(roomOf(to)))
      .map(({ from, to }) => `${from} -> ${to}`)
    expect(climbing).toEqual([])
  })

  it.each(['server', 'cluster'])('lets the room %s know of the archive the port only', (room) => {
    const knowing = imports
      .filter(({ from, to }) => roomOf(from) === room && roomOf(to) === 'archive')
      .filter(({ to }) => to !== 'archive/port.ts')
      .map(({ from, to }) => `${from} -> ${to}`)
    expect(knowing).toEqual([])
  })

  it('has no circle of files that import each other', () => {
    const next = new Map<string, string[]>()
    // A type is gone when the program runs; a circle of types alone is still a circle of meaning, so it counts.
    for (const { from, to, isLibrary } of imports)
      if (!isLibrary) next.set(from, [...(next.get(from) ?? []), to])
    const circles: string[] = []
    const state = new Map<string, 'open' | 'done'>()
    const visit = (path: string, trail: string[]) => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
        return
      }
      state.set(path, 'open')
      for (const target of next.get(path) ?? []) visit(target, [...trail, path])
      state.set(path, 'done')
    }
    for (const { path } of files) visit(path, [])
    expect(circles).toEqual([])
  })

  it.each(Object.entries(oneFileLibraries))('lets one file only, of one room, know %s', (library, room) => {
    const knowing = new Set(
      imports.filter(({ isLibrary, to }) => isLibrary && to === library).map(({ from }) => from),
    )
    expect([...knowing].filter((path) => roomOf(path) !== room)).toEqual([])
    expect([...knowing].length, [...knowing].join(', ')).toBeLessThanOrEqual(1)
  })

  it('sends the browser the renderer and files of web alone', () => {
    const sent = new Set(['web/browser/main.ts'])
    const taking: string[] = []
    for (const file of sent)
      for (const { from, to, isLibrary, isTypeOnly } of imports) {
        if (from !== file || isTypeOnly) continue
        if (isLibrary ? to !== 'preact' : roomOf(to) !== 'web') taking.push(`${from} -> ${to}`)
        else if (!isLibrary) sent.add(to)
      }
    expect(taking).toEqual([])
    expect(sent).toContain('web/suggestions.tsx')
  })

  it('uses libraries that package.json names, and Node by its node: names', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    )
    const unknown = imports
      .filter(
        ({ isLibrary, to }) =>
          isLibrary && !to.startsWith('node:') && !(to in { ...dependencies, ...optionalDependencies }),
      )
      .map(({ from, to }) => `${from} -> ${to}`)
    expect(unknown).toEqual([])
  })
})

describe('the manners of a file', () => {
  it('begins with one sentence that says what it is for', () => {
    const silent = files.filter(({ text }) => !/^(#!.*\n)?\/\/ \S.{10,}/.test(text)).map(({ path }) => path)
    expect(silent).toEqual([])
  })

  it('is named in kebab-case', () => {
    expect(
      files.map(({ path }) => path).filter((path) => !/^[a-z0-9]+([-/][a-z0-9]+)*\.tsx?$/.test(path)),
    ).toEqual([])
  })

  it('is rarely long: files of more than 300 lines are named', () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 300)
    for (const { path, lines } of long) console.warn(`长文件：${path}，${lines} 行`)
    expect(long.filter(({ lines }) => lines > 600)).toEqual([])
  })
})

describe('the documents', () => {
  it('link only to files that are there', () => {
    const project = fileURLToPath(new URL('..', import.meta.url))
    const documents = [
      'README.md',
      'CHANGELOG.md',
      ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join('docs', name)),
    ]
    const broken = documents.flatMap((path) =>
      [...readFileSync(join(project, path), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(project, dirname(path), decodeURI(target))))
        .map((target) => `${path} -> ${target}`),
    )
    expect(broken).toEqual([])
  })
})
