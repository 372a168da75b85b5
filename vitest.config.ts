import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  resolve: {
    conditions: ['browser'],
    alias: { electron: at('test/fakes/electron.ts') },
  },
  test: {
    environment: 'node',
    // Tests wait for sockets, pages and clocks more than they reckon: one more than this machine's cores keeps them busy.
    maxWorkers: availableParallelism() + 1,
    include: ['test/**/*.test.ts'],
    reporters: [
      'default',
      ...(process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : []),
      at('test/reporter/plain-line.ts'),
    ],
    // Limits are for what never comes: a machine that is slow or busy is no failure.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
