/** What is in a package: made for real over a stand-in for Electron's binary, then opened and counted. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packagesOf, reachOf } from '../architecture/built.ts';
import { packed, ROOT } from './stand-in.ts';

/** The whole of what may be packed. What a library brings is its code, its data and its licence. */
const ALLOWED: readonly RegExp[] = [
  /^package\.json$/,
  /^out\/main\/(index|chunks\/[\w-]+)\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2|wav|ogg|mp3)$/,
  /^resources\/tray\/[a-z]+(-24|Template)?(@[\d.]+x)?\.png$/,
];
const OF_LIBRARIES = /\.(js|cjs|mjs|json|node|wasm)$|\/(LICEN[CS]E|COPYING|NOTICE|AUTHORS|CNAME)(\.\w+|-\w+)?$/i;
const NEVER = /\.(ts|mts|cts|map|svelte|md)$|(^|\/)(test|tests|__tests__|spec|screenshots|\.git|\.github)\//;

const lock = z
  .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))).packages;
const nameOf = (path: string): string => {
  const [scope = '', name = ''] = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length).split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};
/** By name: electron-builder puts libraries in other folders than npm does. */
const AT_RUN_TIME = new Set(Object.entries(lock).flatMap(([path, { dev }]) => (dev === true ? [] : [nameOf(path)])));

function notAllowed(path: string): boolean {
  if (!path.startsWith('node_modules/')) return !ALLOWED.some((pattern) => pattern.test(path));
  return !AT_RUN_TIME.has(nameOf(path)) || NEVER.test(path) || !OF_LIBRARIES.test(path);
}

describe.skipIf(process.platform !== 'linux')('a package (skipped: made on Linux only)', () => {
  let work = '';
  let app = '';
  let files: readonly string[] = [];
  const resource = (...parts: string[]): string => join(app, 'resources', ...parts);

  beforeAll(async () => {
    ({ work, app } = await packed());
    const archive = resource('app.asar');
    extractAll(archive, join(work, 'app'));
    files = listPackage(archive, { isPack: false })
      .map((path) => path.split(sep).join('/').slice(1))
      .filter((path) => statSync(join(work, 'app', path)).isFile());
  }, 600_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('holds what runs and nothing else', () => {
    expect(files.filter(notAllowed)).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'out/main/index.js',
        'out/preload/index.cjs',
        'out/renderer/index.html',
        'resources/tray/down.png',
        'resources/tray/downTemplate@2x.png',
        'node_modules/undici/package.json',
      ]),
    );
    expect(files.filter((path) => path.startsWith('out/main/headless'))).toEqual([]);
  });

  it('would be found out if it held a source, a test, a map or a library of the tests', () => {
    const wrong = [
      'src/main/index.ts',
      'out/renderer/assets/index.js.map',
      'out/main/index.js.map',
      'resources/tray/render.ts',
      'test/a.js',
      'README.md',
    ];
    const libraries = ['vitest/index.js', 'undici/index.d.ts', 'zod/tests/a.js', 'zod/.gitignore', 'unheard/a.js'];
    const all = [...wrong, ...libraries.map((path) => `node_modules/${path}`), 'node_modules/electron/index.js'];
    expect(all.filter(notAllowed)).toEqual(all);
  });

  it('has the keychain library outside of the archive, for this system alone', () => {
    const folder = resource('app.asar.unpacked', 'node_modules');
    const unpacked = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    expect(unpacked.sort()).toEqual([
      'keytar/lib/keytar.js',
      'keytar/package.json',
      'keytar/prebuilds/linux-x64/keytar.node',
    ]);
  });

  it('brings every library that the main process imports, whole enough to be loaded', async () => {
    const read = (path: string): string => readFileSync(join(work, 'app', 'out', path), 'utf8');
    const wanted = packagesOf(reachOf('main/index.js', read)).filter((name) => name !== 'electron');
    expect(wanted.length).toBeGreaterThan(5);
    // electron-updater asks for Electron as soon as it is loaded: it is only looked up.
    const load = wanted.filter((name) => name !== 'electron-updater').map((name) => `await import('${name}');`);
    const script = `import.meta.resolve('electron-updater'); ${load.join(' ')} console.log('all');`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(work, 'app'),
    });
    expect(stdout).toBe('all\n');
  });

  it('has its fuses set, each of them', async () => {
    const wire = await getCurrentFuseWire(join(app, 'tunnelwatch'));
    const fuses = Object.fromEntries(
      Object.entries(wire)
        .filter(([key]) => key !== 'version')
        .map(([key, state]) => [FuseV1Options[Number(key)] ?? `fuse ${key}`, String.fromCharCode(Number(state))]),
    );
    expect(fuses).toEqual({
      RunAsNode: '0',
      EnableCookieEncryption: '1',
      EnableNodeOptionsEnvironmentVariable: '0',
      EnableNodeCliInspectArguments: '0',
      EnableEmbeddedAsarIntegrityValidation: '1',
      OnlyLoadAppFromAsar: '1',
      LoadBrowserProcessSpecificV8Snapshot: '0',
      GrantFileProtocolExtraPrivileges: '0',
      // WasmTrapHandlers: as Electron ships it.
      'fuse 8': '1',
    });
  });

  it('knows where to ask for updates, and is small', () => {
    expect(parse(readFileSync(resource('app-update.yml'), 'utf8'))).toMatchObject({
      provider: 'github',
      owner: 'o',
      repo: 'r',
    });
    expect(statSync(resource('app.asar')).size).toBeLessThan(20_000_000);
  });

  it('says of itself what it is, without scripts and without libraries of the tests', () => {
    const manifest = JSON.parse(readFileSync(join(work, 'app', 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'tunnelwatch',
      main: 'out/main/index.js',
      desktopName: 'tunnelwatch.desktop',
    });
    expect([manifest.scripts, manifest.devDependencies]).toEqual([undefined, undefined]);
    expect(existsSync(join(app, 'tunnelwatch'))).toBe(true);
  });
});
