import { defineConfig } from 'vitest/config'

/** Tests that start nothing and leave nothing behind. */
const inside = ['test/unit/**/*.test.ts', 'test/property/**/*.test.ts', 'test/golden/**/*.test.ts']

export default defineConfig({
  test: {
    // nodejieba's dictionary is global to a process and takes 250 MB: two processes fit every machine we know.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Tables and dictionary are read once in each process, not once in each file.
        test: { name: 'inside', include: inside, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'doors',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cluster/**', ...inside],
        },
      },
    ],
  },
})
