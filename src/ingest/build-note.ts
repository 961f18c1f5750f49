// What a rebuild leaves beside the index for those who ask later: who cut, where the sources lie, what could not be read.
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { SegmenterName } from '../analysis/analyzer.ts'
import { nodeStorage, replaceFile, type Storage } from '../index/directory/storage.ts'
import type { BuildFailure } from '../schema/answers.ts'
import type { Fault } from './faults.ts'

const noteFile = 'build.json'

export interface BuildNote {
  segmenter: SegmenterName | null
  /** Folders that the paths of page files (`source` of an article) begin at. */
  roots: string[]
  /** null in the notes of older rebuilds, which say nothing of it. */
  failures: BuildFailure[] | null
}

/**
 * The sources are named as seen from the index, so that both can move together. A note that cannot be written is no
 * reason to call a rebuild failed.
 */
export function writeBuildNote(
  directory: string,
  segmenter: SegmenterName,
  sources: readonly string[],
  faults: readonly Fault[],
): void {
  const index = resolve(directory)
  const whole = sources.map((source) => resolve(source))
  const roots = [...new Set(whole.flatMap((source) => [source, dirname(source)]))]
  const note = {
    segmenter,
    roots: roots.map((root) => relative(index, root) || '.'),
    failures: faults.map(({ file, line, message }) => toFailure(file, line, message, roots)),
  }
  try {
    replaceFile(nodeStorage, directory, noteFile, Buffer.from(`${JSON.stringify(note)}\n`))
  } catch {
    // The index is committed; what the note would have said is not known then.
  }
}

/** Readers of the status page learn nothing of this machine: files are named below their source. */
function toFailure(file: string, line: number | undefined, message: string, roots: string[]): BuildFailure {
  const short = (text: string) =>
    roots.reduce((left, root) => left.replaceAll(`${root}/`, '').replaceAll(`${root}\\`, ''), text)
  const name = short(isAbsolute(file) ? file : resolve(file))
  const isOutside = isAbsolute(name)
  return {
    file: `${isOutside ? file : name}${line === undefined ? '' : `:${line}`}`,
    reason: short(message.replaceAll(file, name)),
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
