import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * Two hosts from one build: `out/main/index.js` for Electron and `out/main/headless.js` for plain Node. The preload of a
 * sandboxed window must be CommonJS and may require nothing but electron.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      rolldownOptions: { input: { index: 'src/main/index.ts', headless: 'src/headless/index.ts' } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [svelte({ configFile: false })],
    build: { target: 'chrome150', minify: true },
  },
});
