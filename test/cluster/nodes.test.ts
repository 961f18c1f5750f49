// Three nodes and one copy of everything: one of them dies while articles are added and readers search.
import { expect, it } from 'vitest'
import { createArchive } from '../../src/archive/open-archive.ts'
import { describeOnNodes } from './support/nodes.ts'

describeOnNodes(3, (running) => {
  it('with one copy of everything lose nothing that was acknowledged when one of them is killed, and go on answering', async () => {
    const { cluster } = running
    const addresses = cluster.nodes.map(({ url }) => url).join(',')
    const archive = await createArchive({ cluster: addresses, name: 'nodes', shards: 3, replicas: 1 })
    const acknowledged: string[] = []
    const failures: unknown[] = []
    const news = (id: string) => ({ id, title: `社区新闻 ${id}`, body: '社区里的事。' })
    const first = Array.from({ length: 100 }, (_, i) => news(`先${i}`))
    await archive.add(first)
    const single = await createArchive({ cluster: addresses, name: 'single', shards: 6, replicas: 0 })
    await single.add(first)
    // Every copy is made before a node is lost.
    await fetch(`${cluster.nodes[0]!.url}/_cluster/health/nodes?wait_for_status=green&timeout=60s`)

    let isOver = false
    const adding = (async () => {
      for (let i = 0; !isOver; i++) {
        const ids = Array.from({ length: 5 }, (_, k) => `后${i}-${k}`)
        try {
          await archive.add(ids.map(news))
          acknowledged.push(...ids)
        } catch (error) {
          failures.push(error)
        }
      }
    })()
    const totals: number[] = []
    const searching = (async () => {
      while (!isOver) {
        const before = 100 + acknowledged.length
        const { total, notices } = await archive.search({ q: '社区新闻', strict: true, size: 5 })
        const isPartial = notices.some((notice) => notice.includes('没有回答'))
        // Fewer than were acknowledged before it was asked only where the answer says that some are missing.
        if (!isPartial && total < before) totals.push(total - before)
      }
    })()
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    await pause(3000)
    const before = acknowledged.length
    cluster.nodes[2]!.child.kill('SIGKILL')
    await pause(20_000)
    isOver = true
    await Promise.all([adding, searching])

    expect(before).toBeGreaterThan(0)
    expect(acknowledged.length).toBeGreaterThan(before)
    for (const failure of failures)
      expect(failure).toMatchObject({ code: expect.stringMatching(/STORAGE|BUSY|TIMEOUT/) })
    expect(totals).toEqual([])
    const found = new Set<string>()
    for await (const { id } of archive.exportHits({ q: '社区新闻' })) found.add(id)
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
    await archive.close()

    // What had no copy is missing, and every answer says so.
    const { total, hits, notices } = await single.search({ q: '社区新闻', strict: true })
    expect(notices.join()).toMatch(/6 个分片里有 \d 个没有回答/)
    expect(total).toBeGreaterThan(0)
    expect(total).toBeLessThan(100)
    expect(hits.length).toBeGreaterThan(0)
    await expect(single.add([{ id: '新', title: '新', body: '新。' }])).rejects.toMatchObject({
      code: 'STORAGE',
      message: expect.stringContaining('没有回答'),
    })
    // It is not said of an article on a shard that is gone that there is none.
    const views = await Promise.allSettled(first.map(({ id }) => single.article(id)))
    const codes = views.map((view) => (view.status === 'rejected' ? view.reason.code : 'there'))
    expect(codes.filter((code) => code === 'there')).toHaveLength(total)
    expect(new Set(codes)).toEqual(new Set(['there', 'STORAGE']))
    const version = single.version()
    await single.search({ q: '社区新闻', strict: true })
    expect(single.version()).not.toBe(version)
    await single.close()
  })
})
