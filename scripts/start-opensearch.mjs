// Starts real OpenSearch nodes on this machine from the server's jars, for tests and benchmarks: needs Java 17 and Maven.
//
//   node scripts/start-opensearch.mjs [--nodes 1] [--folder DIR] [--port 9200] [--heap 512]
//
// Prints the address of each node when all have joined, and runs until it is interrupted. The folder keeps the data.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const home = fileURLToPath(new URL('./opensearch/', import.meta.url))
const readyMilliseconds = 120_000

/** What is missing here for nodes to be started, in words; null when nothing is. Fetches the jars the first time. */
export function whatIsMissing() {
  for (const command of ['java', 'mvn'])
    try {
      execFileSync(command, ['-version'], { stdio: 'ignore' })
    } catch {
      return `没有 ${command}`
    }
  try {
    classPath()
    return null
  } catch (error) {
    return `Maven 取不到 OpenSearch 的 jar（${String(error.stdout ?? error.message).split('\n')[0]}）`
  }
}

/** The jars of the server, where Maven has put them. Throws with what Maven said. */
function classPath() {
  const file = join(home, 'target', 'classpath.txt')
  const read = () => readFileSync(file, 'utf8').trim()
  if (existsSync(file) && read().split(delimiter).every(existsSync)) return read()
  execFileSync(
    'mvn',
    ['-q', '-B', '-f', join(home, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${file}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return read()
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Starts one to three nodes of one cluster on loopback; resolves when all have joined. Each node is a process of its own
 * that can be killed.
 */
export async function startCluster({
  nodes = 1,
  folder = mkdtempSync(join(tmpdir(), 'xunbao-opensearch-')),
  port = 0,
  heapMegabytes = 512,
} = {}) {
  mkdirSync(folder, { recursive: true })
  const jars = classPath()
  const places = []
  for (let at = 0; at < nodes; at++)
    places.push({
      name: `node-${at + 1}`,
      http: port === 0 ? await freePort() : port + at,
      transport: await freePort(),
    })
  const seeds = places.map(({ transport }) => `127.0.0.1:${transport}`).join(',')
  const started = places.map(({ name, http, transport }) => {
    const own = join(folder, name)
    mkdirSync(own, { recursive: true })
    const log = openSync(join(own, 'log.txt'), 'a')
    const discovery =
      nodes === 1
        ? ['discovery.type=single-node']
        : [
            `discovery.seed_hosts=${seeds}`,
            `cluster.initial_cluster_manager_nodes=${places.map((place) => place.name).join(',')}`,
          ]
    const child = spawn(
      'java',
      [
        `-Xms${heapMegabytes}m`,
        `-Xmx${heapMegabytes}m`,
        '-cp',
        jars,
        join(home, 'StartNode.java'),
        'cluster.name=xunbao',
        `node.name=${name}`,
        `path.home=${own}`,
        `path.data=${join(own, 'data')}`,
        'network.host=127.0.0.1',
        `http.port=${http}`,
        `transport.port=${transport}`,
        'transport.type=netty4',
        'http.type=netty4',
        'cluster.routing.allocation.disk.threshold_enabled=false',
        ...discovery,
      ],
      { stdio: ['ignore', log, log] },
    )
    return { name, url: `http://127.0.0.1:${http}`, child, log: join(own, 'log.txt') }
  })
  const close = () =>
    Promise.all(
      started.map(
        ({ child }) =>
          new Promise((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve()
            child.once('exit', resolve)
            child.kill('SIGTERM')
          }),
      ),
    )
  try {
    for (const node of started) await untilJoined(node, nodes)
  } catch (error) {
    await close()
    throw error
  }
  return { nodes: started, url: started[0].url, close }
}

async function untilJoined({ name, url, child, log }, nodes) {
  const end = Date.now() + readyMilliseconds
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`${name} 没有起来，见 ${log}`)
    try {
      const health = await (await fetch(`${url}/_cluster/health`)).json()
      if (health.number_of_nodes === nodes) return
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`${name} 两分钟还没有加入，见 ${log}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      nodes: { type: 'string', default: '1' },
      folder: { type: 'string' },
      port: { type: 'string', default: '9200' },
      heap: { type: 'string', default: '512' },
    },
  })
  const missing = whatIsMissing()
  if (missing !== null) {
    console.error(`${missing}：要 Java 17 和 Maven`)
    process.exit(1)
  }
  const cluster = await startCluster({
    nodes: Number(values.nodes),
    port: Number(values.port),
    heapMegabytes: Number(values.heap),
    ...(values.folder && { folder: values.folder }),
  })
  for (const { name, url } of cluster.nodes) console.log(`${name} ${url}`)
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => cluster.close().then(() => process.exit(0)))
}
