// What an operator counts: requests, their time, and the archive's size, as Prometheus text.
import type { ArchiveStats } from '../archive/port.ts'

/** Upper bounds of the duration histogram, in seconds. */
const boundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

interface Series {
  method: string
  route: string
  status: number
  count: number
}

interface Timing {
  buckets: number[]
  sumSeconds: number
  count: number
}

export interface Metrics {
  /** Counts one answered request. `route` is the route's pattern, never the address itself: series must stay few. */
  observe(method: string, route: string, status: number, seconds: number): void
  /** The text exposition format, version 0.0.4. */
  toText(stats: ArchiveStats | undefined): string
}

export function createMetrics(now: () => number = Date.now): Metrics {
  const startedAtSeconds = now() / 1000
  const series = new Map<string, Series>()
  const timings = new Map<string, Timing>()
  return {
    observe(method, route, status, seconds) {
      const key = `${method} ${route} ${status}`
      const found = series.get(key)
      if (found === undefined) series.set(key, { method, route, status, count: 1 })
      else found.count += 1
      let timing = timings.get(route)
      if (timing === undefined) {
        timing = { buckets: boundsSeconds.map(() => 0), sumSeconds: 0, count: 0 }
        timings.set(route, timing)
      }
      timing.sumSeconds += seconds
      timing.count += 1
      boundsSeconds.forEach((bound, index) => {
        if (seconds <= bound) timing.buckets[index]! += 1
      })
    },
    toText(stats) {
      const lines: string[] = []
      const family = (name: string, type: string, help: string) =>
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
      family('xunbao_http_requests_total', 'counter', 'Answered requests.')
      for (const { method, route, status, count } of series.values())
        lines.push(`xunbao_http_requests_total${labels({ method, route, status: String(status) })} ${count}`)
      family(
        'xunbao_http_request_duration_seconds',
        'histogram',
        'Time from request to the end of the answer.',
      )
      for (const [route, timing] of timings) {
        boundsSeconds.forEach((bound, index) => {
          lines.push(
            `xunbao_http_request_duration_seconds_bucket${labels({ route, le: String(bound) })} ${timing.buckets[index]}`,
          )
        })
        lines.push(
          `xunbao_http_request_duration_seconds_bucket${labels({ route, le: '+Inf' })} ${timing.count}`,
          `xunbao_http_request_duration_seconds_sum${labels({ route })} ${timing.sumSeconds}`,
          `xunbao_http_request_duration_seconds_count${labels({ route })} ${timing.count}`,
        )
      }
      const gauge = (name: string, help: string, value: number) => {
        family(name, 'gauge', help)
        lines.push(`${name} ${value}`)
      }
      if (stats !== undefined) {
        gauge('xunbao_articles', 'Articles that can be found.', stats.articles)
        gauge('xunbao_index_segments', 'Live segments.', stats.segments)
        gauge('xunbao_index_generation', 'Number of the live commit.', stats.generation)
        gauge('xunbao_index_bytes', 'Size of the live segments on disk.', stats.bytes)
        gauge('xunbao_index_faults', 'Segments set aside because they are damaged.', stats.faults.length)
      }
      gauge('process_start_time_seconds', 'Start of the process since the epoch.', startedAtSeconds)
      gauge('process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss())
      return `${lines.join('\n')}\n`
    },
  }
}

function labels(values: Readonly<Record<string, string>>): string {
  const parts = Object.entries(values).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`,
  )
  return `{${parts.join(',')}}`
}
