// The routes for whoever runs the service: alive, ready, counts, and the description of the API itself.
import { SearchError } from '../../model/errors.ts'
import { createOpenApi } from '../openapi.ts'
import { defineRoute, type Route } from '../route.ts'
import { schemaOf } from '../schemas.ts'

const json = 'application/json'
/** With less room on the disk the next change may fail. */
const leastFreeBytes = 100 << 20

export const healthRoute = defineRoute({
  method: 'GET',
  address: '/healthz',
  summary: '进程活着。The process is alive.',
  isMomentary: true,
  path: {},
  query: {},
  answers: { status: 200, description: '活着。Alive.', types: { [json]: schemaOf('Health') } },
  async respond() {
    return { kind: 'json', value: { status: 'ok' } }
  },
})

export const readyRoute = defineRoute({
  method: 'GET',
  address: '/readyz',
  summary: '能回答检索；正在关闭时 503。Ready for searches; 503 while closing.',
  isMomentary: true,
  path: {},
  query: {},
  answers: { status: 200, description: '就绪。Ready.', types: { [json]: schemaOf('Health') } },
  async respond({ signal }, { archive, isOpen }) {
    if (!isOpen()) return { kind: 'json', status: 503, value: { status: 'closing' } }
    try {
      await archive.search({ q: '报', size: 1, view: 'ids', signal })
    } catch (error) {
      // Too many readers are no fault of the archive's.
      const code = error instanceof SearchError ? error.code : 'INTERNAL'
      if (code !== 'BUSY') return { kind: 'json', status: 503, value: { status: 'failing', code } }
    }
    const { articles, generation, faults, vocabulary } = archive.stats()
    const { committedAt, freeBytes } = archive.condition()
    const isFull = freeBytes !== null && freeBytes < leastFreeBytes
    // A damaged segment is set aside and the others go on answering: worth an alarm, not an outage.
    const status = faults.length === 0 && !isFull ? 'ok' : 'degraded'
    const value = { status, articles, generation, faults: faults.length, vocabulary, committedAt, freeBytes }
    return { kind: 'json', value }
  },
})

export const statsRoute = defineRoute({
  method: 'GET',
  address: '/api/stats',
  summary: '馆藏概况：篇数、起止日期、报纸。What the archive holds.',
  path: {},
  query: {},
  answers: { status: 200, description: '概况。Counts.', types: { [json]: schemaOf('Stats') } },
  async respond(_request, { archive }) {
    const { articles, generation, from, to, papers, types } = archive.stats()
    return { kind: 'json', value: { articles, generation, from, to, papers, types } }
  },
})

export const metricsRoute = defineRoute({
  method: 'GET',
  address: '/metrics',
  summary: 'Prometheus 指标。Prometheus metrics.',
  isMomentary: true,
  path: {},
  query: {},
  answers: { status: 200, description: '指标。Metrics.', types: { 'text/plain': { type: 'string' } } },
  async respond(_request, { archive, metrics, isOpen }) {
    const text = await metrics.toText(isOpen() ? archive.stats() : undefined)
    return { kind: 'text', type: 'text/plain; version=0.0.4; charset=utf-8', text }
  },
})

/** The route that describes all the others and itself. */
export function createOpenApiRoute(others: readonly Route[]): Route {
  const route: Route = {
    method: 'GET',
    address: '/openapi.json',
    summary: '本接口的说明，OpenAPI 3.1。This description.',
    path: {},
    query: {},
    answers: { status: 200, description: 'OpenAPI。', types: { [json]: { type: 'object' } } },
    async respond({ baseUrl }) {
      return { kind: 'json', value: createOpenApi([...others, route], baseUrl) }
    },
  }
  return route
}
