/** The rules of the house, over every file of src. `planted.test.ts` shows that each of them can fail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { print, RULES, wholeTree } from './rules.ts';
import { readSource, type Source } from './source.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const sources: readonly Source[] = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|cjs|mjs|js|svelte)$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return readSource(relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  });

describe('the house', () => {
  it('is not empty', () => expect(sources.length).toBeGreaterThan(10));

  it.each(Object.entries(RULES))('%s', (_name, rule) => {
    expect(print(sources.flatMap(rule))).toBe('');
  });

  it('node:sqlite is imported by one file', () => expect(print(wholeTree(sources))).toBe(''));
});
