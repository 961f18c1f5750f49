// Finds the files behind the sources a person names: page files, folders of them, JSON Lines; in a stable order.
import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { SearchError } from '../model/errors.ts'
import { type Fault, toFault } from './faults.ts'
import { kindOfFile, type SourceKind, sourceEndings } from './source-kind.ts'

/** A file that holds pages or articles. */
export interface SourceFile {
  /** As it can be opened from here, and as a person knows it. */
  path: string
  /** Below the source folder, with forward slashes: what an article remembers as its `source`. */
  label: string
  kind: SourceKind
  /** Size on disk. */
  bytes: number
}

export interface FoundSources {
  files: SourceFile[]
  /** Folders and files that could not be read, or that do not exist. */
  faults: Fault[]
  /** Files in folders that hold neither pages nor articles, counted by extension. */
  ignored: Record<string, number>
  /** Text pages that stand beside a PDF of the same name: the PDF is read, they are the second choice. */
  twins: Map<string, string>
}

/**
 * Walks the sources in the order given; folders in the order of their names. A named file is looked into whatever its
 * ending; in folders only files of the endings in `sourceEndings` are. What cannot be read is a fault.
 */
export function findSources(sources: readonly string[]): FoundSources {
  const found: FoundSources = { files: [], faults: [], ignored: {}, twins: new Map() }
  const seen = new Set<string>()
  for (const source of sources) {
    const stats = statOf(source, found.faults)
    if (!stats) continue
    if (stats.isDirectory()) walk(source, source, found, seen)
    else if (stats.isFile()) addFile(source, labelOfNamed(source), stats, found, seen)
    else
      found.faults.push({
        file: source,
        code: 'SOURCE_UNREADABLE',
        message: `既不是文件也不是文件夹：${source}`,
      })
  }
  return found
}

function walk(folder: string, root: string, found: FoundSources, seen: Set<string>): void {
  let names: string[]
  try {
    const real = realpathSync(folder)
    // A folder reached twice, by a link or by being named twice, holds the same pages.
    if (seen.has(real)) return
    seen.add(real)
    names = readdirSync(folder).sort(byName)
  } catch (error) {
    found.faults.push(unreadable(folder, error))
    return
  }
  const stems = new Map(names.filter((name) => /\.pdf$/i.test(name)).map((name) => [stem(name), name]))
  for (const name of names) {
    if (name.startsWith('.')) continue
    const path = join(folder, name)
    const stats = statOf(path, found.faults)
    if (!stats) continue
    if (stats.isDirectory()) {
      walk(path, root, found, seen)
      continue
    }
    if (!stats.isFile()) continue
    const twin = /\.txt$/i.test(name) ? stems.get(stem(name)) : undefined
    if (twin !== undefined) found.twins.set(join(folder, twin), path)
    else if (sourceEndings.test(name) && !/\.fix\.json$/i.test(name))
      addFile(path, relative(root, path).replaceAll('\\', '/'), stats, found, seen)
    else {
      const ending = /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? name
      found.ignored[ending] = (found.ignored[ending] ?? 0) + 1
    }
  }
}

function addFile(path: string, label: string, stats: Stats, found: FoundSources, seen: Set<string>): void {
  try {
    const real = realpathSync(path)
    if (seen.has(real)) return
    seen.add(real)
    const kind = kindOfFile(path)
    if (typeof kind === 'string') found.files.push({ path, label, kind, bytes: stats.size })
    else found.faults.push({ file: path, code: 'SOURCE_UNREADABLE', message: kind.refused })
  } catch (error) {
    found.faults.push(unreadable(path, error))
  }
}

/** An absolute path says where this machine keeps its files, which no reader of the archive needs to know. */
function labelOfNamed(path: string): string {
  if (isAbsolute(path)) return basename(path)
  const label = relative('.', resolve(path)).replaceAll('\\', '/')
  return label.startsWith('..') ? basename(path) : label
}

function statOf(path: string, faults: Fault[]): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    faults.push(unreadable(path, error))
    return undefined
  }
}

/** Names what the file system said in plain words. */
export function unreadable(path: string, error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT')
    return toFault(new SearchError('SOURCE_MISSING', `没有这个文件或文件夹：${path}`, { file: path }), path)
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? '没有读取权限'
      : code === 'ELOOP'
        ? '符号链接成环'
        : error instanceof Error
          ? error.message
          : String(error)
  return toFault(new SearchError('SOURCE_UNREADABLE', `无法读取 ${path}：${why}`, { file: path }), path)
}

function stem(name: string): string {
  return name.replace(/\.[^.]+$/, '')
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
