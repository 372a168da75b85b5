/** What a reader downloads before the first board: measured over the built page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BUILT } from './harness/site.ts';

const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');

describe('the first load', () => {
  it('stays within 160 kB, compressed', () => {
    expect(files.length).toBeGreaterThan(1);
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
