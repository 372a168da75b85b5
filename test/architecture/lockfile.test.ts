/** `npm ci` works on every system: the lock file names what each of them needs, and versions are exact. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8'));

const versions = z.record(z.string(), z.string()).default({});
const lock = z
  .object({ packages: z.record(z.string(), z.object({ optionalDependencies: versions })) })
  .parse(read('package-lock.json')).packages;
const manifest = z.object({ dependencies: versions, devDependencies: versions }).parse(read('package.json'));

describe('the lock file', () => {
  it('holds every optional part of every package, or npm ci refuses it on a fresh machine', () => {
    const held = new Set(Object.keys(lock).map((path) => path.split('node_modules/').at(-1)));
    const missing = Object.entries(lock).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !held.has(name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('is asked for exact versions', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^(npm:@?[^@]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
