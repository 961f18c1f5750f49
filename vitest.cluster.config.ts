import { defineConfig } from 'vitest/config'

// Real nodes take half a minute to start and a gigabyte of memory: not part of `npm test`.
export default defineConfig({
  test: { include: ['test/cluster/**/*.test.ts'], testTimeout: 120_000 },
})
