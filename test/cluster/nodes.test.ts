// The ground that an archive on a cluster stands on: real nodes here, of which one may die.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missing, type RunningCluster, start } from './support/nodes.ts'

describe.skipIf(missing !== null)('three nodes with one copy of everything', () => {
  let cluster: RunningCluster
  const ask = async (node: number, path: string, method = 'GET', body?: string) => {
    const response = await fetch(cluster.nodes[node]!.url + path, {
      method,
      ...(body !== undefined && { body, headers: { 'Content-Type': 'application/x-ndjson' } }),
    })
    return [response.status, await response.json()] as const
  }

  beforeAll(async () => {
    cluster = await start({ nodes: 3 })
  }, 600_000)
  afterAll(async () => {
    await cluster?.close()
  }, 60_000)

  it('find characters side by side as a phrase, with plain analyzers alone', async () => {
    const settings = { index: { number_of_shards: 2, number_of_replicas: 1 } }
    const mappings = {
      properties: { grams: { type: 'text', analyzer: 'whitespace', position_increment_gap: 100 } },
    }
    expect(
      (await ask(0, '/probe?wait_for_active_shards=all', 'PUT', JSON.stringify({ settings, mappings })))[0],
    ).toBe(200)
    const texts = ['社区服务到家', '服务社区', '社会与区域']
    const lines = texts.flatMap((text, at) => [
      JSON.stringify({ index: { _id: String(at) } }),
      JSON.stringify({
        grams: [...text].map((unit, place, all) => unit + (all[place + 1] ?? '\u0001')).join(' '),
      }),
    ])
    const [status, answer] = await ask(0, '/probe/_bulk?refresh=true', 'POST', `${lines.join('\n')}\n`)
    expect([status, answer.errors]).toEqual([200, false])
    const query = { track_total_hits: true, query: { match_phrase: { grams: '社区 区服 服务' } } }
    const [, found] = await ask(1, '/probe/_search', 'POST', JSON.stringify(query))
    expect([found.hits.total, found.hits.hits.map(({ _id }: { _id: string }) => _id)]).toEqual([
      { value: 1, relation: 'eq' },
      ['0'],
    ])
  })

  it('lose nothing that was acknowledged when one of them is killed', async () => {
    const lines = Array.from({ length: 500 }, (_, at) => [
      JSON.stringify({ index: { _id: `k${at}` } }),
      JSON.stringify({ grams: '社区 区\u0001' }),
    ]).flat()
    const [, added] = await ask(2, '/probe/_bulk?refresh=true', 'POST', `${lines.join('\n')}\n`)
    expect(added.errors).toBe(false)
    cluster.nodes[2]!.child.kill('SIGKILL')
    let count = -1
    // The others notice that it has gone, and take its place.
    for (let tries = 0; tries < 120 && count !== 503; tries += 1) {
      const [status, answer] = await ask(0, '/probe/_count').catch(() => [0, {}] as const)
      count = status === 200 && answer._shards?.failed === 0 ? answer.count : -1
      if (count !== 503) await new Promise((resolve) => setTimeout(resolve, 250))
    }
    expect(count).toBe(503)
  })
})
