/** What a reader downloads before the first board: measured over the built page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BUILT } from './harness/site.ts';

const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
/** The desk is chosen by the page's first script, and comes with all that it imports. */
const desk = readdirSync(join(BUILT, 'assets')).filter((name) => /^App-.*\.(js|css)$/.test(name));
const found = new Set([...named, ...desk.map((name) => `assets/${name}`)]);
for (const path of found) {
  const text = path.endsWith('.js') ? readFileSync(join(BUILT, path), 'utf8') : '';
  for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) found.add(`assets/${name}`);
}
const files = [...found];

describe('the first load', () => {
  it('stays within 160 kB, compressed', () => {
    expect(desk.length).toBeGreaterThan(0);
    const sizes = files.map((path) => gzipSync(readFileSync(join(BUILT, path))).length);
    expect(sizes.reduce((sum, size) => sum + size, gzipSync(html).length)).toBeLessThan(160_000);
  });

  it('leaves settings, alerts and charts for later', () => {
    const first = files.map((path) => readFileSync(join(BUILT, path), 'utf8')).join('\n');
    for (const words of ['Leave without saving?', 'What it hides is not known', 'indexAxis']) {
      expect([words, first.includes(words)]).toEqual([words, false]);
    }
  });

  it('is painted only after its own code has run', () => {
    expect(html).toMatch(/<script type="module" blocking="render"/);
  });
});
