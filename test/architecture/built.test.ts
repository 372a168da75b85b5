/** The rules that only the built files can prove. `npm test` builds first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { insecureAddresses, packagesOf, type Reach, reachOf, unsafeSwitches } from './built.ts';
import { packageOf } from './import-rules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'out');

const read = (path: string): string => readFileSync(join(OUT, path), 'utf8');
const reach = (entry: string): Reach => reachOf(entry, read);
const built = existsSync(OUT)
  ? readdirSync(OUT, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(c?js|css|html)$/.test(entry.name))
      .map((entry) => relative(OUT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  : [];
const manifest = z
  .object({ main: z.string(), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

describe('the build', () => {
  it('has written both hosts, the preload and the page', () => {
    expect(built).toEqual(
      expect.arrayContaining(['main/index.js', 'main/headless.js', 'preload/index.cjs', 'renderer/index.html']),
    );
    expect(manifest.main).toBe('out/main/index.js');
  });

  it('the preload requires electron and nothing else, and brings no schema library', () => {
    expect(reach('preload/index.cjs')).toEqual({ files: ['preload/index.cjs'], outside: ['electron'] });
    expect(read('preload/index.cjs')).not.toMatch(/zod|ZodType|safeParse/i);
  });

  it('nothing reachable from the headless host is electron', () => {
    expect(packagesOf(reach('main/headless.js')).filter((name) => packageOf(name) === 'electron')).toEqual([]);
  });

  it('the desktop host does reach electron, so the question means something', () => {
    expect(packagesOf(reach('main/index.js'))).toContain('electron');
  });

  it('neither host needs a package that is not among the runtime dependencies', () => {
    const known = new Set([...Object.keys(manifest.dependencies), 'electron']);
    for (const entry of ['main/index.js', 'main/headless.js']) {
      expect(packagesOf(reach(entry)).filter((name) => !known.has(packageOf(name)))).toEqual([]);
    }
  });

  it('the page brings everything it needs along', () => {
    const scripts = built.filter((path) => path.startsWith('renderer/') && path.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts) expect(reach(path).outside).toEqual([]);
  });

  it('speaks plain http to nobody but this machine', () => {
    const found = built.flatMap((path) => insecureAddresses(read(path)).map((url) => `${path}: ${url}`));
    expect(found).toEqual([]);
  });

  it('mentions no switch that takes protection away', () => {
    const hosts = built.filter((path) => /^(main|preload)\//.test(path));
    expect(hosts.flatMap((path) => unsafeSwitches(read(path)).map((word) => `${path}: ${word}`))).toEqual([]);
  });

  it('has a page without inline scripts or styles, which the policy would block', () => {
    const html = read('renderer/index.html');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });
});

describe('the looks at the build', () => {
  const files: Readonly<Record<string, string>> = {
    'main/a.js': "import './chunks/b.js'; import fs from 'node:fs';",
    'main/chunks/b.js': "export * from '../c.js'; const d = await import('./d.js');",
    'main/c.js': "const x = require('electron'); import './chunks/b.js';",
    'main/chunks/d.js': "import { z } from 'zod/v4'; load(import(name));",
  };
  it('follow chunks, circles, dynamic imports and requires', () => {
    const found = reachOf('main/a.js', (path) => files[path] ?? '');
    expect([...found.files].sort()).toEqual(Object.keys(files).sort());
    expect(found.outside.filter((name) => !isBuiltin(name))).toEqual([
      'computed in main/chunks/d.js',
      'electron',
      'zod/v4',
    ]);
  });

  it('tell an address from a name', () => {
    const template = ['`http://$', '{host}/`'].join('');
    expect(insecureAddresses(`"http://www.w3.org/2000/svg" 'http://127.0.0.1:80/' "http://" ${template}`)).toEqual([]);
    expect(insecureAddresses('fetch("http://example.com/x")')).toEqual(['http://example.com/x']);
    expect(insecureAddresses("'http://proxy.example:3128'")).toEqual([]);
    expect(insecureAddresses("'http://proxy.example.com/'")).toEqual(['http://proxy.example.com/']);
    expect(insecureAddresses('"http://127.0.0.1.evil.com"')).toEqual(['http://127.0.0.1.evil.com']);
  });

  it('see an unsafe switch', () => {
    expect(unsafeSwitches('new BrowserWindow({ webPreferences: { webSecurity: false } })')).toEqual(['webSecurity']);
  });
});
