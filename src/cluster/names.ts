// What the indices of an archive are called on a cluster.
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

/** A new index of the archive, or what the names of several made together begin with; later ones sort behind. */
export function newIndexName({ alias }: ArchiveNames): string {
  return `${alias}-${Date.now().toString(36)}${Math.floor(Math.random() * 36 ** 3)
    .toString(36)
    .padStart(3, '0')}`
}

/** When an index was made under the name, in milliseconds since 1970; null for one of another kind. */
export function timeOf({ alias }: ArchiveNames, index: string): number | null {
  if (!index.startsWith(`${alias}-`)) return null
  const [, time] = /^([a-z0-9]{8,9})[a-z0-9]{3}(?:-\d+)?$/.exec(index.slice(alias.length + 1)) ?? []
  return time === undefined ? null : Number.parseInt(time, 36)
}
