// Stands between the archive and a node: sees every request, and answers in the node's place where a test says so.
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  method: string
  /** With the query. */
  path: string
  body: string
}

/**
 * Another answer than the node's; nothing for the node's own. `cut` ends the connection before the node has got the
 * request, `lost` when it has carried it out.
 */
export type Answer = { status: number; body: unknown } | 'cut' | 'lost' | undefined

export interface FaultyLine {
  url: string
  seen: SeenRequest[]
  /** What to do with a request before the node gets it. */
  before: (seen: SeenRequest) => Answer | Promise<Answer>
  close(): Promise<void>
}

export async function startLine(node: string): Promise<FaultyLine> {
  const server = createServer(async (incoming, outgoing) => {
    const seen = { method: incoming.method!, path: incoming.url!, body: await readAll(incoming) }
    proxy.seen.push(seen)
    const answer = await proxy.before(seen)
    if (answer === 'cut') {
      incoming.socket.destroy()
    } else if (answer && answer !== 'lost') {
      outgoing.writeHead(answer.status, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify(answer.body))
    } else {
      const headers = { ...incoming.headers, 'content-length': Buffer.byteLength(seen.body) }
      const passed = request(node + seen.path, { method: seen.method, headers }, (answered) => {
        if (answer === 'lost') {
          incoming.socket.destroy()
          answered.resume()
          return
        }
        outgoing.writeHead(answered.statusCode!, answered.headers)
        answered.pipe(outgoing)
      })
      passed.on('error', () => incoming.socket.destroy())
      passed.end(seen.body)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: FaultyLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    before: () => undefined,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
