import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * Scales of Chart.js that no chart uses stay in a build because their defaults read a property, which might be a getter. A
 * call that is marked as pure says that it is none: 6 kB less to download.
 */
const leanCharts = {
  name: 'lean-charts',
  transform: (code: string, id: string): string | null =>
    id.includes('chart.js/dist/chart.js')
      ? code.replaceAll(/(callback: |static defaults = )((?:Ticks|TimeScale)\.[\w.]+)/g, '$1/*@__PURE__*/ (() => $2)()')
      : null,
};

/** Nothing is painted before the page's own code has applied its reader's theme and palette: no flash of the other one. */
const noFlash = {
  name: 'no-flash',
  transformIndexHtml: {
    order: 'post',
    handler: (html: string): string => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
} as const;

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
    plugins: [leanCharts, noFlash, svelte({ configFile: false })],
    build: { target: 'chrome150', minify: true, modulePreload: { polyfill: false } },
  },
});
