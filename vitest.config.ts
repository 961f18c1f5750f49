import { defineConfig } from 'vitest/config'

/** They put something of their own in a module's place. */
const alone = ['test/faults/vocabulary-fails.test.ts']

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
        // The tables and the dictionary are read once in each process, not once in each file.
        test: {
          name: 'together',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/cluster/**', ...alone],
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
})
