// What a rebuild leaves beside the index for those who ask later: who cut, where the sources lie, what could not be read.
import { basename, join, relative, resolve, sep } from 'node:path'
import type { SegmenterName } from '../analysis/analyzer.ts'
import { nodeStorage, replaceFile, type Storage } from '../index/directory/storage.ts'
import type { BuildFailure } from '../schema/answers.ts'
import type { Fault } from './faults.ts'
import type { SourceFile } from './source-files.ts'

const noteFile = 'build.json'

export interface BuildNote {
  segmenter: SegmenterName | null
  /** Folders that the paths of page files (`source` of an article) begin at. */
  roots: string[]
  /** null in the notes of older rebuilds, which say nothing of it. */
  failures: BuildFailure[] | null
}

/** Folders of sources that are remembered: those of the newest rebuild, and those that pages were added from. */
const mostRoots = 64

/**
 * The sources are named as seen from the index, so that both can move together.
 */
export function writeBuildNote(
  directory: string,
  segmenter: SegmenterName,
  files: readonly SourceFile[],
  faults: readonly Fault[],
): void {
  const roots = rootsOf(files)
  const failures = faults.map((fault) => toFailure(fault, roots))
  // Articles that only `add` brought are taken over by a rebuild, and so is where their pages lie.
  writeNote(directory, {
    segmenter,
    failures,
    roots: [...roots, ...readBuildNote(directory, nodeStorage).roots],
  })
}

/** Notes where pages lie that were added to what a rebuild made. */
export function noteSources(directory: string, files: readonly SourceFile[]): void {
  const note = readBuildNote(directory, nodeStorage)
  const roots = rootsOf(files)
  if (roots.some((root) => !note.roots.includes(root)))
    writeNote(directory, { ...note, roots: [...note.roots, ...roots] })
}

/** A note that cannot be written is no reason to call what was built failed. */
export function writeNote(directory: string, note: BuildNote): void {
  const index = resolve(directory)
  const roots = [...new Set(note.roots)].slice(0, mostRoots).map((root) => relative(index, root) || '.')
  try {
    replaceFile(nodeStorage, directory, noteFile, Buffer.from(`${JSON.stringify({ ...note, roots })}\n`))
  } catch {
    // The index is committed; what the note would have said is not known then.
  }
}

/** The folders that the labels of the files begin at. */
function rootsOf(files: readonly SourceFile[]): string[] {
  const roots = new Set<string>()
  for (const { path, label } of files) {
    const whole = resolve(path)
    if (whole.replaceAll('\\', '/').endsWith(`/${label}`)) roots.add(resolve(whole.slice(0, -label.length)))
  }
  return [...roots]
}

/** Readers of the status page learn nothing of this machine: files are named below their source. */
function toFailure({ file, line, message }: Fault, roots: readonly string[]): BuildFailure {
  const whole = resolve(file)
  const root = roots.find((one) => whole.startsWith(one + sep))
  const name = root === undefined ? basename(file) : relative(root, whole)
  return {
    file: line === undefined ? name : `${name}:${line}`,
    reason: message.replaceAll(whole, name).replaceAll(file, name),
  }
}

/** What no rebuild has noted is empty or null. */
export function readBuildNote(directory: string, storage: Storage): BuildNote {
  const note: BuildNote = { segmenter: null, roots: [], failures: null }
  try {
    const read = JSON.parse(Buffer.from(storage.readWhole(join(directory, noteFile))).toString('utf8'))
    const { segmenter, roots, failures } = read as { [name in keyof BuildNote]?: unknown }
    if (segmenter === 'nodejieba' || segmenter === 'segmenter') note.segmenter = segmenter
    if (Array.isArray(roots)) note.roots = roots.map((root) => resolve(directory, String(root)))
    if (Array.isArray(failures)) note.failures = failures as BuildFailure[]
  } catch {
    // No rebuild, or an unreadable note.
  }
  return note
}
