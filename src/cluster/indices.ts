// The indices behind an archive's name: made, checked, swapped, and which of them an article belongs in.
import { createHash } from 'node:crypto'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import type { Connection } from './connection.ts'
import { articleIndex, type IndexSettings, notesIndex } from './mapping.ts'
import { type ArchiveNames, newIndexName, timeOf } from './names.ts'

/** By what articles are laid into indices of their own, which a search of one year or paper need not leave. */
export type Split = 'none' | 'year' | 'paper'

export interface MadeIndex {
  index: string
  split: Split
  /** The year or paper; null for what is not split. */
  part: string | null
}

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
  let made = await madeIndices(connection, names.alias, signature)
  const { split } = made[0]!
  const size = { segments: 0, bytes: 0 }
  const settings = await settingsOf(connection, made[0]!.index)

  const measure = async () => {
    const { _all } = await connection.ask<{
      _all: { primaries: { store?: { size_in_bytes: number }; segments?: { count: number } } }
    }>({ method: 'GET', path: `/${names.alias}/_stats/store,segments` })
    size.bytes = _all.primaries.store?.size_in_bytes ?? 0
    size.segments = _all.primaries.segments?.count ?? 0
  }
  await measure()

  const indexOf = (part: string | null) => made.find((one) => one.part === part)?.index
  return {
    size,
    async homeOf(articles) {
      const parts = new Set(articles.map((article) => partOf(article, split)))
      const isMissing = [...parts].some((part) => indexOf(part) === undefined)
      // Another process may have made it meanwhile.
      if (isMissing) made = await madeIndices(connection, names.alias, signature)
      for (const part of parts) {
        if (indexOf(part) !== undefined) continue
        const index = newIndexName(names)
        await makeIndex(connection, index, signature, settings, { split, part })
        await moveAlias(connection, names, { add: [index] })
        made.push({ index, split, part })
      }
      return (article) => indexOf(partOf(article, split))!
    },
    async refresh() {
      await connection.ask({ method: 'POST', path: `/${names.alias}/_refresh` })
      await measure().catch(() => undefined)
    },
  }
}

/** The year or paper of an article, as its index is told by it. */
function partOf({ date, paper }: Pick<Article, 'date' | 'paper'>, split: Split): string | null {
  if (split === 'none') return null
  return split === 'year' ? date.slice(0, 4) : createHash('sha256').update(paper).digest('hex').slice(0, 12)
}

interface MappingAnswer {
  [index: string]: { mappings: { _meta?: { xunbao?: string; split?: Split; part?: string | null } } }
}

/** The indices behind an alias, or of a pattern of names. */
async function madeIndices(connection: Connection, target: string, signature: string): Promise<MadeIndex[]> {
  const answer = await connection.ask<MappingAnswer>({ method: 'GET', path: `/${target}/_mapping` })
  return Object.entries(answer).map(([index, { mappings }]) => {
    const { xunbao, split = 'none', part = null } = mappings._meta ?? {}
    if (xunbao !== signature)
      throw new SearchError(
        'INDEX_FORMAT',
        xunbao === undefined
          ? `集群里的 ${index} 不是寻报建的索引：换一个 --name`
          : `集群里的 ${index} 是用另一种分析建的：重建后才能查（npx xunbao build --cluster …）`,
        { file: index },
      )
    return { index, split, part }
  })
}

async function settingsOf(connection: Connection, index: string): Promise<IndexSettings> {
  const answer = await connection.ask<{
    [index: string]: { settings: { index: { number_of_shards: string; number_of_replicas: string } } }
  }>({ method: 'GET', path: `/${index}/_settings` })
  const { number_of_shards, number_of_replicas } = answer[index]!.settings.index
  return { shards: Number(number_of_shards), replicas: Number(number_of_replicas) }
}

async function makeIndex(
  connection: Connection,
  index: string,
  signature: string,
  settings: IndexSettings,
  place: { split: Split; part: string | null },
): Promise<void> {
  const { mappings, settings: ours } = articleIndex(signature, settings)
  const _meta = { ...mappings._meta, ...place }
  await connection.ask({
    method: 'PUT',
    path: `/${index}`,
    body: { settings: ours, mappings: { ...mappings, _meta } },
  })
}

/** Indices that a rebuild or a copy fills, which nobody sees until they are put behind the name. */
export interface NewIndices {
  readonly names: string[]
  /** What the names of all of them begin with, and a pattern of it; more than a request could name are laid by paper or year. */
  readonly stem: string
  readonly target: string
  homeOf(articles: readonly Article[]): Promise<(article: Article) => string>
  /** Makes what was written visible to scans. */
  refresh(): Promise<void>
  /** Makes them fit to be searched. Rejects with STORAGE where they do not hold as many articles as were written. */
  finish(articles: number): Promise<void>
  discard(): Promise<void>
}

export interface NewIndexOptions {
  signature: string
  settings: IndexSettings
  split: Split
}

/** How long copies of new indices are waited for. */
const copiesTimeout = '30s'

export function makeNewIndices(
  connection: Connection,
  names: ArchiveNames,
  options: NewIndexOptions,
): NewIndices {
  return newIndices(connection, newIndexName(names), options, [])
}

/** Goes on with indices that were begun; null where they are gone, or made for another analysis. */
export async function resumeNewIndices(
  connection: Connection,
  stem: string,
  options: NewIndexOptions,
): Promise<NewIndices | null> {
  try {
    const begun = await madeIndices(connection, `${stem}*`, options.signature)
    return begun.length === 0 ? null : newIndices(connection, stem, options, begun)
  } catch (error) {
    if (error instanceof SearchError && ['INDEX_FORMAT', 'INDEX_MISSING'].includes(error.code)) return null
    throw error
  }
}

function newIndices(
  connection: Connection,
  stem: string,
  { signature, settings, split }: NewIndexOptions,
  begun: readonly MadeIndex[],
): NewIndices {
  const made = new Map(begun.map(({ part, index }) => [part, Promise.resolve(index)]))
  const indices = begun.map(({ index }) => index)
  const target = `${stem}*`
  const make = async (part: string | null) => {
    const index = `${stem}-${made.size + 1}`
    // Copies are made once, of what is whole; searches see nothing of it before.
    await makeIndex(connection, index, signature, { ...settings, replicas: 0 }, { split, part })
    await connection.ask({
      method: 'PUT',
      path: `/${index}/_settings`,
      body: { index: { refresh_interval: '-1' } },
    })
    indices.push(index)
    return index
  }
  return {
    names: indices,
    stem,
    target,
    async homeOf(articles) {
      const homes = new Map<string | null, string>()
      for (const article of articles) {
        const part = partOf(article, split)
        let index = made.get(part)
        if (index === undefined) {
          index = make(part)
          made.set(part, index)
        }
        homes.set(part, await index)
      }
      return (article) => homes.get(partOf(article, split))!
    },
    async refresh() {
      await connection.ask({ method: 'POST', path: `/${target}/_refresh` })
    },
    async finish(articles) {
      const body = { index: { refresh_interval: null, number_of_replicas: settings.replicas } }
      await connection.ask({ method: 'POST', path: `/${target}/_refresh` })
      await connection.ask({ method: 'PUT', path: `/${target}/_settings`, body })
      const { count } = await connection.ask<{ count: number }>({
        method: 'GET',
        path: `/${target}/_count`,
      })
      if (count !== articles)
        throw new SearchError(
          'STORAGE',
          `新索引里数到 ${count} 条，写入的是 ${articles} 条：旧索引没有动，请再重建一次`,
        )
      // With fewer nodes than copies they never come; the archive answers all the same.
      await connection
        .ask({
          method: 'GET',
          path: `/_cluster/health/${target}`,
          query: { wait_for_status: 'green', timeout: settings.replicas > 0 ? copiesTimeout : '1s' },
        })
        .catch(() => undefined)
    },
    async discard() {
      // Hosted clusters may allow no pattern here.
      for (const index of indices)
        await connection.ask({ method: 'DELETE', path: `/${index}` }).catch(() => undefined)
    },
  }
}

/** Milliseconds after which a rebuild that was not finished is taken for dead. */
const abandonedMs = 24 * 3_600_000

/** Removes what rebuilds that died have left: indices of this archive behind no name. */
export async function removeAbandoned(connection: Connection, names: ArchiveNames): Promise<void> {
  const inUse = new Set(await indicesBehind(connection, names))
  const all = await connection.ask<Record<string, unknown>>({
    method: 'GET',
    path: `/${names.alias}-*/_alias`,
  })
  for (const index of Object.keys(all)) {
    const madeAt = timeOf(names, index)
    if (madeAt !== null && !inUse.has(index) && Date.now() - madeAt > abandonedMs)
      await connection.ask({ method: 'DELETE', path: `/${index}` }).catch(() => undefined)
  }
}

/** Puts indices behind the alias and takes others away, at once. */
export async function moveAlias(
  connection: Connection,
  { alias }: ArchiveNames,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): Promise<void> {
  const actions = [
    ...add.map((index) => ({ add: { index, alias } })),
    ...remove.map((index) => ({ remove_index: { index } })),
  ]
  await connection.ask({ method: 'POST', path: '/_aliases', body: { actions } })
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
    await connection
      .ask({ method: 'PUT', path: `/${index}`, body: notesIndex(replicas) })
      .catch((error: unknown) => {
        if (!(error instanceof SearchError) || !/already_exists/.test(error.message)) throw error
      })
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
  const index = newIndexName(names)
  const all = { ...usualSettings, ...given }
  await makeNotes(connection, names, all.replicas)
  await makeIndex(connection, index, signature, all, { split, part: split === 'none' ? null : '' })
  await moveAlias(connection, names, { add: [index] })
}
