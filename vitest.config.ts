import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'native/*.test.ts',
      'src-shared/**/*.test.ts',
      'src-main/**/*.test.ts',
      'src-renderer/**/*.test.{ts,tsx}',
      'e2e/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    exclude: ['node_modules', 'dist'],
    testTimeout: 30_000,
    // What a test is set up and cleared up with waits as tests do.
    hookTimeout: 30_000,
    // A page of a busy machine may need more than the second that is the default.
    expect: { poll: { timeout: 8_000 } },
    maxWorkers: 2,
  },
})
