/**
 * The bill of materials of a package (CycloneDX 1.5): `npm run sbom [-- --out FILE] [-- --strict]`. npm knows the libraries; what
 * the page's bundle swallowed and what Electron brings is added here.
 *
 * `npm sbom --omit dev` leaves out libraries that tests use as well, so npm is asked for all and what the lock file marks as
 * development only is taken out.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { electronBinary } from '../../src/headless/desktop-binary.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Development dependencies whose code is in the page's bundle. */
export const BUNDLED = ['svelte', 'chart.js', '@kurkle/color'];
/** What is looked up in the versions that an Electron tells of. */
const INSIDE_ELECTRON = {
  chrome: 'Chromium',
  node: 'Node.js',
  v8: 'V8',
  sqlite: 'SQLite',
  openssl: 'BoringSSL',
} as const;

const component = z.looseObject({ 'bom-ref': z.string(), type: z.string(), name: z.string(), version: z.string() });
const dependency = z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) });
const bomShape = z.looseObject({
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(dependency),
});
type Bom = z.infer<typeof bomShape>;
type Component = z.infer<typeof component>;
const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ name: z.string().optional(), version: z.string(), dev: z.boolean().optional() }),
  ),
});

/** `name@version` of everything that a package of the app holds; aliases by the name that they are imported by. */
export function shippedLibraries(lockText: string): ReadonlySet<string> {
  const { packages } = lockShape.parse(JSON.parse(lockText));
  return new Set(
    Object.entries(packages).flatMap(([path, { version, dev }]) => {
      const name = path.split('node_modules/').at(-1) ?? '';
      return path !== '' && (dev !== true || BUNDLED.includes(name)) ? [`${name}@${version}`] : [];
    }),
  );
}

/** What an Electron says of itself, or `null` when there is none. */
export function versionsOf(binary: string | null): Readonly<Record<string, string>> | null {
  if (binary === null) return null;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const out = execFileSync(binary, ['-p', 'JSON.stringify(process.versions)'], { env, encoding: 'utf8' });
  return z.record(z.string(), z.string()).parse(JSON.parse(out));
}

/** Electron and, where its binary could be asked, what is inside of it. */
function runtime(electron: string, versions: Readonly<Record<string, string>> | null): Component[] {
  const purl = `pkg:npm/electron@${electron}`;
  const own: Component = {
    'bom-ref': `electron@${electron}`,
    type: 'framework',
    name: 'electron',
    version: electron,
    purl,
  };
  const inside = Object.entries(INSIDE_ELECTRON).flatMap(([key, name]): Component[] => {
    const version = versions?.[key];
    if (version === undefined) return [];
    return [{ 'bom-ref': `electron/${key}@${version}`, type: 'framework', name, version }];
  });
  return [own, ...inside];
}

/** Makes the bill out of npm's full one. */
export function billOf(all: Bom, lockText: string, electron: string, versions: ReturnType<typeof versionsOf>): Bom {
  const shipped = shippedLibraries(lockText);
  const libraries = all.components.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const [own, ...inside] = runtime(electron, versions);
  if (own === undefined) throw new Error('no Electron');
  const app = all.metadata.component;
  const kept = new Set([app, ...libraries].map((each) => each['bom-ref']));
  const refs = (list: readonly string[]): string[] => list.filter((ref) => kept.has(ref));
  const dependencies = all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map((each) => {
      const dependsOn = refs(each.dependsOn);
      return { ...each, dependsOn: each.ref === app['bom-ref'] ? [...dependsOn, own['bom-ref']] : dependsOn };
    });
  return {
    ...all,
    // npm names the root after its folder.
    metadata: { ...all.metadata, component: { ...app, type: 'application', name: 'tunnelwatch' } },
    components: [...libraries, own, ...inside],
    dependencies: [...dependencies, { ref: own['bom-ref'], dependsOn: inside.map((each) => each['bom-ref']) }],
  };
}

/** npm's bill of everything that is installed. */
export function askNpm(): Bom {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 64_000_000, shell: process.platform === 'win32' } as const;
  return bomShape.parse(JSON.parse(execFileSync(npm, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] })));
}

/** Everything together. @param versions What the Electron of the package says of itself. */
export function makeBill(versions: ReturnType<typeof versionsOf>): Bom {
  const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
  const manifest = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(read('package.json')));
  return billOf(askNpm(), read('package-lock.json'), manifest.devDependencies.electron, versions);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, strict: { type: 'boolean', default: false } } });
  const versions = versionsOf(electronBinary(ROOT, process.env));
  if (versions === null) {
    process.stderr.write('There is no Electron binary to ask: the versions of Chromium and Node.js are left out.\n');
    if (values.strict) process.exit(1);
  }
  const text = `${JSON.stringify(makeBill(versions), null, 2)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
}
