// Walks the API's own description: every operation with every value at and beyond the limits that it states.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/server/routes.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { createArticles } from '../fakes/articles.ts'
import { archiveKinds, type OpenedArchive } from './support/archives.ts'
import { serve } from './support/serve.ts'

interface Schema {
  type?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  enum?: string[]
  items?: Schema
}
interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: Schema
}
interface Operation {
  operationId: string
  summary: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, object> }
  responses: Record<string, { $ref?: string }>
  security: object[]
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, object>>
}

let opened: OpenedArchive
let server: RunningServer
let description: Description
beforeAll(async () => {
  opened = await archiveKinds.find(([name]) => name === 'a built archive')![1](createArticles(60))
  server = await serve(opened.archive, { token: 'sesame' })
  description = (await (await fetch(`${server.url}/openapi.json`)).json()) as Description
})
afterAll(async () => {
  await server.close()
  await opened.close()
})

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

/** A value that every parameter takes, for the others while one is tried. */
const usual: Record<string, string> = {
  id: 'a3',
  q: '社区',
  text: '社区',
  paper: '江城晚报',
  date: '2010-01-01',
  pageNo: '1',
  from: '2010-01-01',
  to: '2020-01-01',
  year: '2012',
  month: '3',
}

function addressOf(path: string, operation: Operation, tried: Record<string, string>): string {
  const query = new URLSearchParams()
  let address = path
  for (const { name, in: place, required } of operation.parameters) {
    const value = tried[name] ?? (required || name in tried ? usual[name] : undefined)
    if (place === 'path')
      address = address.replace(`{${name}}`, encodeURIComponent(tried[name] ?? usual[name]!))
    else if (value !== undefined) query.set(name, value)
  }
  if ('month' in tried) query.set('year', usual.year!)
  return `${server.url}${address}?${query}`
}

function valuesOf({ type, minimum, maximum, maxLength, enum: values, items }: Schema): {
  good: string[]
  bad: string[]
} {
  if (items) return valuesOf(items)
  if (values) return { good: values, bad: ['没有的'] }
  if (type === 'integer' || type === 'number')
    return {
      good: [minimum, maximum].filter((value) => value !== undefined).map(String),
      bad: ['x', '1.5', '-1', ...(maximum === undefined ? [] : [String(maximum + 1)])],
    }
  if (maxLength !== undefined) return { good: ['字'.repeat(maxLength)], bad: ['字'.repeat(maxLength + 1)] }
  return { good: [], bad: [] }
}

describe('the description', () => {
  it('has every route, each with a name of its own, its problems and no reference into nowhere', () => {
    const named = operations().map(({ operation }) => operation.operationId)
    expect(new Set(named).size).toBe(named.length)
    expect(named.length).toBe(routes.length - 1)
    for (const { operation } of operations()) {
      expect(Object.keys(operation.responses).some((status) => status.startsWith('4'))).toBe(true)
      expect(operation.summary).toMatch(/\p{Script=Han}.*[A-Za-z]/u)
      for (const parameter of operation.parameters) expect(parameter.description, parameter.name).toBeTruthy()
    }
    for (const [, reference] of JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference!
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], description)
      expect(found, reference).toBeDefined()
    }
  })

  it('tells the truth about every limit: what it allows is answered, what it forbids is a 400 in words', async () => {
    let tried = 0
    for (const { path, method, operation } of operations()) {
      if (method !== 'GET') continue
      for (const { name, schema } of operation.parameters) {
        const { good, bad } = valuesOf(schema)
        // As deep as can be paged with one hit a page.
        const beside: Record<string, string> = path === '/api/search' && name === 'page' ? { size: '1' } : {}
        for (const value of good) {
          const { status } = await fetch(addressOf(path, operation, { ...beside, [name]: value }))
          expect([200, 404], `${path} ${name}=${value.slice(0, 40)}`).toContain(status)
          tried++
        }
        for (const value of bad) {
          const answer = await fetch(addressOf(path, operation, { ...beside, [name]: value }))
          expect(answer.status, `${path} ${name}=${value.slice(0, 40)}`).toBe(400)
          expect(await answer.json()).toMatchObject({ status: 400, field: name })
          tried++
        }
      }
    }
    expect(tried).toBeGreaterThan(100)
  })

  it('says which operations need a token, and they do', async () => {
    for (const { path, method, operation } of operations()) {
      const needsToken = operation.security.length > 0
      expect(needsToken, `${method} ${path}`).toBe(method !== 'GET')
      if (!needsToken) continue
      expect((await fetch(addressOf(path, operation, {}), { method })).status).toBe(401)
    }
  })
})

describe('links', () => {
  it('lead from the first page of hits to the last and back, and to articles and pages', async () => {
    let address: string | undefined = `${server.url}/api/v1/search?q=社区&size=7`
    const seen: string[] = []
    let last: { links: { prev?: string } } | undefined
    while (address !== undefined) {
      const result = (await (await fetch(address)).json()) as {
        total: number
        hits: { id: string; links: { self: string; page?: string } }[]
        links: { next?: string; prev?: string }
      }
      seen.push(...result.hits.map(({ id }) => id))
      for (const { links } of result.hits.slice(0, 1)) {
        expect((await fetch(links.self)).status).toBe(200)
        if (links.page) expect((await fetch(links.page)).status).toBe(200)
      }
      expect(result.total).toBeGreaterThan(7)
      last = result
      address = result.links.next
      if (address === undefined) expect(new Set(seen).size).toBe(result.total)
    }
    expect((await fetch(last!.links.prev!)).status).toBe(200)
  })

  it('the page for people names every operation and needs no script', async () => {
    const html = await (await fetch(`${server.url}/docs`)).text()
    for (const { address, method } of routes.filter(
      ({ address }) => !['/docs', '/openapi.json'].includes(address),
    ))
      expect(html).toContain(`${method} ${address}`)
    // The one script is the search box's; nothing comes from elsewhere.
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/)
  })
})
