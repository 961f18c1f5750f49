// The indices behind an archive's name: made, checked, swapped, and which of them an article belongs in.
import { setTimeout as sleep } from 'node:timers/promises'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import type { Connection } from './connection.ts'
import { articleIndex, type IndexSettings, notesIndex } from './mapping.ts'
import {
  type ArchiveNames,
  indexOfPart,
  newStem,
  partOf,
  partOfIndex,
  type Split,
  splitOfIndex,
  timeOf,
  writeAlias,
} from './names.ts'

export interface ArticleIndices {
  /** As last looked at. */
  readonly size: { segments: number; bytes: number }
  /** Which index each of some articles belongs in; makes those that are not there. */
  homeOf(articles: readonly Article[]): Promise<(article: Article) => string>
  /** Makes what was written visible to searches. */
  refresh(): Promise<void>
}

const usualSettings: IndexSettings = { shards: 1, replicas: 1 }

/** Rejects with INDEX_MISSING, or with INDEX_FORMAT where another analysis made it. */
export async function openArticleIndices(
  connection: Connection,
  names: ArchiveNames,
  signature: string,
): Promise<ArticleIndices> {
  await madeIndices(connection, names.alias, signature)
  const size = { segments: 0, bytes: 0 }

  const measure = async () => {
    const { _all } = await connection.ask<{
      _all: { primaries: { store?: { size_in_bytes: number }; segments?: { count: number } } }
    }>({ method: 'GET', path: `/${names.alias}/_stats/store,segments` })
    size.bytes = _all.primaries.store?.size_in_bytes ?? 0
    size.segments = _all.primaries.segments?.count ?? 0
  }
  await measure()

  return {
    size,
    async homeOf(articles) {
      // Another process may have rebuilt the archive, or made what is missing.
      const indices = await madeIndices(connection, names.alias, signature)
      const split = splitOfIndex(indices[0]!)
      const homes = new Map(indices.map((index) => [partOfIndex(index), index]))
      for (const part of new Set(articles.map((article) => partOf(article, split)))) {
        if (homes.has(part)) continue
        const index = indexOfPart(newStem(names), part)
        await makeIndex(connection, index, signature, await settingsOf(connection, indices[0]!))
        await moveAlias(connection, names, { add: [index] })
        homes.set(part, index)
      }
      return (article) => homes.get(partOf(article, split))!
    },
    async refresh() {
      await connection.ask({ method: 'POST', path: `/${names.alias}/_refresh` })
      await measure().catch(() => undefined)
    },
  }
}

interface MappingAnswer {
  [index: string]: { mappings?: { _meta?: { xunbao?: string } } }
}

/** The indices behind an alias, or of a pattern of names. Rejects with INDEX_FORMAT where another analysis made one. */
export async function madeIndices(
  connection: Connection,
  target: string,
  signature: string,
): Promise<string[]> {
  const answer = await connection.ask<MappingAnswer>({ method: 'GET', path: `/${target}/_mapping` })
  for (const [index, { mappings }] of Object.entries(answer)) {
    const made = mappings?._meta?.xunbao
    if (made !== signature)
      throw new SearchError(
        'INDEX_FORMAT',
        made === undefined
          ? `集群里的 ${index} 不是寻报建的索引：换一个 --name`
          : `集群里的 ${index} 是用另一种分析建的：重建后才能查（npx xunbao build --cluster …）`,
        { file: index },
      )
  }
  return Object.keys(answer).sort()
}

async function settingsOf(connection: Connection, index: string): Promise<IndexSettings> {
  const answer = await connection.ask<{
    [index: string]: { settings: { index: { number_of_shards: string; number_of_replicas: string } } }
  }>({ method: 'GET', path: `/${index}/_settings` })
  const { number_of_shards, number_of_replicas } = answer[index]!.settings.index
  return { shards: Number(number_of_shards), replicas: Number(number_of_replicas) }
}

export async function makeIndex(
  connection: Connection,
  index: string,
  signature: string,
  settings: IndexSettings,
): Promise<void> {
  await connection.ask({
    method: 'PUT',
    path: `/${index}`,
    body: { ...articleIndex(signature, settings), aliases: { [writeAlias(index)]: {} } },
  })
}

/** Refuses changes to indices, or allows them again: while a rebuild takes over what was added, nothing is added unseen. */
export async function blockWrites(
  connection: Connection,
  indices: readonly string[],
  isBlocked: boolean,
): Promise<void> {
  for (const index of indices)
    await connection.ask({
      method: 'PUT',
      path: `/${index}/_settings`,
      body: { 'index.blocks.write': isBlocked || null },
    })
}

/** Milliseconds after which a rebuild that was not finished is taken for dead. */
const abandonedMs = 24 * 3_600_000

/** Removes what rebuilds that died have left: indices of this archive behind no name. */
export async function removeAbandoned(
  connection: Connection,
  names: ArchiveNames,
  inUse: readonly string[],
): Promise<void> {
  const all = await connection.ask<Record<string, unknown>>({
    method: 'GET',
    path: `/${names.alias}-*/_alias`,
  })
  for (const index of Object.keys(all)) {
    const madeAt = timeOf(names, index)
    if (madeAt !== null && !inUse.includes(index) && Date.now() - madeAt > abandonedMs)
      await connection.ask({ method: 'DELETE', path: `/${index}` }).catch(() => undefined)
  }
}

/** Puts indices behind the alias in place of others, at once. Those stay, behind no name. */
export async function moveAlias(
  connection: Connection,
  { alias }: ArchiveNames,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): Promise<void> {
  const actions = [
    ...add.map((index) => ({ add: { index, alias } })),
    ...remove.map((index) => ({ remove: { index, alias } })),
  ]
  await connection.ask({ method: 'POST', path: '/_aliases', body: { actions } })
}

const lookAgainMs = 500
/** As long as a reader may rest between two steps of an export. */
const longestReadMs = 5 * 60_000

/**
 * Removes indices that were taken from behind the name once nobody reads them any more: a search that was under way would
 * find its shards gone, an export would end in the middle. Those that are read for long are left to a later rebuild.
 */
export async function retireIndices(connection: Connection, indices: readonly string[]): Promise<void> {
  const until = performance.now() + longestReadMs
  const left = new Set(indices)
  while (left.size > 0 && performance.now() < until) {
    await sleep(lookAgainMs)
    for (const index of left) {
      if (await isRead(connection, index)) continue
      await connection.ask({ method: 'DELETE', path: `/${index}` })
      left.delete(index)
    }
  }
}

async function isRead(connection: Connection, index: string): Promise<boolean> {
  const { _all } = await connection.ask<{
    _all: { total: { search: { open_contexts: number; query_current: number; fetch_current: number } } }
  }>({ method: 'GET', path: `/${index}/_stats/search` })
  const { open_contexts, query_current, fetch_current } = _all.total.search
  return open_contexts + query_current + fetch_current > 0
}

/** The indices behind the alias now; none where there is no such archive. */
export async function indicesBehind(connection: Connection, { alias }: ArchiveNames): Promise<string[]> {
  try {
    return Object.keys(await connection.ask<object>({ method: 'GET', path: `/_alias/${alias}` }))
  } catch (error) {
    if (error instanceof SearchError && /alias|404/.test(error.message)) return []
    throw error
  }
}

/** Makes what lies beside the articles, where it is not there yet. */
export async function makeNotes(
  connection: Connection,
  { notes, vocabulary }: ArchiveNames,
  replicas: number = usualSettings.replicas,
): Promise<void> {
  for (const index of [notes, vocabulary])
    await connection.ask({ method: 'PUT', path: `/${index}`, body: notesIndex(replicas) }).catch(unlessMade)
}

/** What somebody else has just made is there. */
export function unlessMade(error: unknown): void {
  if (!(error instanceof SearchError) || !/already_exists/.test(error.message)) throw error
}

/** Makes an archive without articles. Rejects with REQUEST_INVALID where there is one of that name. */
export async function createOnCluster(
  connection: Connection,
  names: ArchiveNames,
  signature: string,
  settings: Partial<IndexSettings> & { split?: Split } = {},
): Promise<void> {
  if ((await indicesBehind(connection, names)).length > 0)
    throw new SearchError('REQUEST_INVALID', `集群里已有档案 ${names.alias}：用 openArchive 打开它`, {
      field: 'name',
    })
  const { split = 'none', ...given } = settings
  const index = indexOfPart(newStem(names), partOf({ date: '', paper: '' }, split))
  const all = { ...usualSettings, ...given }
  await makeNotes(connection, names, all.replicas)
  await makeIndex(connection, index, signature, all)
  await moveAlias(connection, names, { add: [index] })
}
