// What the indices of an archive are called on a cluster.
import { createHash } from 'node:crypto'
import { SearchError } from '../model/errors.ts'

/** The name under which an archive is searched, an alias; and beside it what is not searched. */
export interface ArchiveNames {
  alias: string
  /** The editor's lists and the note of the last rebuild. */
  notes: string
  /** The vocabulary, in pieces. */
  vocabulary: string
}

export const usualName = 'xunbao'

/** Throws REQUEST_INVALID for what cannot be the name of an index. */
export function namesOf(name: string): ArchiveNames {
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(name))
    throw new SearchError('REQUEST_INVALID', `集群里的档案名应是小写字母、数字、- 和 _：${name}`, {
      field: 'name',
    })
  return { alias: name, notes: `${name}.notes`, vocabulary: `${name}.vocabulary` }
}

/** By what articles are laid into indices of their own, which a search of one year or paper need not leave. */
export type Split = 'none' | 'year' | 'paper'

/** What the names of indices that are made together begin with; those of later ones sort behind. */
export function newStem({ alias }: ArchiveNames): string {
  return `${alias}-${Date.now().toString(36)}${Math.floor(Math.random() * 36 ** 3)
    .toString(36)
    .padStart(3, '0')}`
}

/** When an index was made under the name, in milliseconds since 1970; null for one of another kind. */
export function timeOf({ alias }: ArchiveNames, index: string): number | null {
  if (!index.startsWith(`${alias}-`)) return null
  const [, time] = /^([a-z0-9]{8,9})[a-z0-9]{3}(?:-[yp][0-9a-f]*)?$/.exec(index.slice(alias.length + 1)) ?? []
  return time === undefined ? null : Number.parseInt(time, 36)
}

/** What an index holds, as its name ends: every article (empty), a year (y2019; y without a date), a paper (p and a digest). */
export function partOf({ date, paper }: { date: string; paper: string }, split: Split): string {
  if (split === 'none') return ''
  return split === 'year' ? `y${date.slice(0, 4)}` : partOfPaper(paper)
}

export function partOfPaper(paper: string): string {
  return `p${createHash('sha256').update(paper).digest('hex').slice(0, 12)}`
}

export function indexOfPart(stem: string, part: string): string {
  return part === '' ? stem : `${stem}-${part}`
}

/** The part that an index's name ends with. */
export function partOfIndex(index: string): string {
  return /-([yp][0-9a-f]*)$/.exec(index)?.[1] ?? ''
}

export function splitOfIndex(index: string): Split {
  const part = partOfIndex(index)
  return part === '' ? 'none' : part.startsWith('y') ? 'year' : 'paper'
}

/** The door by which one index is written to: where the index is gone so is the door, and nothing is written. */
export function writeAlias(index: string): string {
  return `${index}.in`
}

/** The addresses of nodes as they may be shown. */
export function withoutPasswords(addresses: string): string {
  return addresses.replace(/\/\/[^/@,]*@/g, '//')
}
