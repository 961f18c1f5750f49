// A server on a free port for one test file, over an archive in the heap.
import { fileURLToPath } from 'node:url'
import type { Archive } from '../../../src/archive/port.ts'
import { createServer, type RunningServer, type ServerOptions } from '../../../src/server/server.ts'

/** The bundled styles and script: `npm test` compiles first. */
export const webFolder = fileURLToPath(new URL('../../../dist/web', import.meta.url))

export function serve(archive: Archive, options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return createServer(archive, { host: '127.0.0.1', port: 0, accessLog: false, webFolder, ...options })
}
