// Documents beside the articles of an archive, kept under a name and read by it.
import type { Connection } from './connection.ts'

/** null where there is none. */
export async function readNote<Note>(
  connection: Connection,
  index: string,
  name: string,
): Promise<Note | null> {
  const { docs } = await connection.ask<{ docs: { found?: boolean; _source?: Note }[] }>({
    method: 'POST',
    path: `/${index}/_mget`,
    body: { ids: [name] },
  })
  return docs[0]?._source ?? null
}

export async function writeNote(
  connection: Connection,
  index: string,
  name: string,
  note: object,
): Promise<void> {
  await connection.ask({
    method: 'PUT',
    path: `/${index}/_doc/${encodeURIComponent(name)}`,
    body: { ...note },
  })
}

/** One that cannot be removed is only in nobody's way. */
export async function removeNote(connection: Connection, index: string, name: string): Promise<void> {
  await connection
    .ask({ method: 'DELETE', path: `/${index}/_doc/${encodeURIComponent(name)}` })
    .catch(() => undefined)
}
