// What an operator counts: requests, their time, searches, the process and the archive's size, as Prometheus text.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ArchiveStats } from '../archive/port.ts'

/** Upper bounds of the duration histograms, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export interface Metrics {
  /** Counts one answered request. `route` is the route's pattern, never the address itself: series must stay few. */
  observe(method: string, route: string, status: number, seconds: number): void
  /** Counts one search by how its text was read, with the time that the archive took. */
  observeSearch(reading: string, seconds: number): void
  /** Counts a request that was turned away: `rate`, `busy`. */
  refuse(why: 'rate' | 'busy'): void
  /** Counts a question to the result cache. */
  ask(cache: 'hit' | 'miss'): void
  /** The text exposition format, version 0.0.4. */
  toText(stats: ArchiveStats | undefined): Promise<string>
}

/** Memory, processor time and garbage collection by the library; the lag of the event loop as one series by quantile. */
function watchProcess(register: Registry): void {
  collectDefaultMetrics({ register })
  for (const name of register.getMetricsAsArray().map((metric) => metric.name))
    if (name.startsWith('nodejs_eventloop_lag')) register.removeSingleMetric(name)
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  new Gauge({
    name: 'xunbao_event_loop_lag_seconds',
    help: 'Lag of the event loop since it was last asked for.',
    labelNames: ['quantile'],
    registers: [register],
    collect() {
      for (const quantile of [0.5, 0.9, 0.99, 1])
        this.set({ quantile }, Math.max(0, delay.percentile(quantile * 100) / 1e9 - 0.01))
      delay.reset()
    },
  })
}

export function createMetrics(): Metrics {
  const registers = [new Registry()]
  const [register] = registers as [Registry]
  const requests = new Counter({
    name: 'xunbao_http_requests_total',
    help: 'Answered requests.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'xunbao_http_request_duration_seconds',
    help: 'Time from request to the end of the answer.',
    labelNames: ['route'],
    buckets,
    registers,
  })
  const searches = new Histogram({
    name: 'xunbao_search_duration_seconds',
    help: 'Time that the archive took for a search, by the reading used.',
    labelNames: ['reading'],
    buckets,
    registers,
  })
  const refused = new Counter({
    name: 'xunbao_http_refused_total',
    help: 'Requests turned away: too many from one client (rate), too many at once (busy).',
    labelNames: ['why'],
    registers,
  })
  const cache = new Counter({
    name: 'xunbao_cache_requests_total',
    help: 'Questions to the result cache.',
    labelNames: ['outcome'],
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const sizes = {
    articles: gauge('xunbao_articles', 'Articles that can be found.'),
    segments: gauge('xunbao_index_segments', 'Live segments.'),
    generation: gauge('xunbao_index_generation', 'Number of the live commit.'),
    bytes: gauge('xunbao_index_bytes', 'Size of the live segments on disk.'),
    faults: gauge('xunbao_index_faults', 'Segments set aside because they are damaged.'),
  }
  let isWatched = false
  return {
    observe(method, route, status, seconds) {
      requests.inc({ method, route, status: String(status) })
      durations.observe({ route }, seconds)
    },
    observeSearch: (reading, seconds) => searches.observe({ reading }, seconds),
    refuse: (why) => refused.inc({ why }),
    ask: (outcome) => cache.inc({ outcome }),
    async toText(stats) {
      // Memory, processor time and event loop lag are watched from the first time that somebody looks.
      if (!isWatched) watchProcess(register)
      isWatched = true
      if (stats !== undefined) {
        sizes.articles.set(stats.articles)
        sizes.segments.set(stats.segments)
        sizes.generation.set(stats.generation)
        sizes.bytes.set(stats.bytes)
        sizes.faults.set(stats.faults.length)
      }
      // Blank lines and what has no value yet (lag before the first turn of the loop) are left out.
      const lines = (await register.metrics())
        .split('\n')
        .filter((line) => line !== '' && !/ nan$/i.test(line))
      return `${lines.join('\n')}\n`
    },
  }
}
