/**
 * A package of the app, made by electron-builder as for a release, with a stand-in where Electron's binary would be: a file
 * with the wire in which a binary keeps its fuses, and nothing to run.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What marks the wire in a binary, its version, and its nine fuses as Electron ships them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const SHIPPED = '101100111';

/** A folder as Electron's archive unpacks to. */
function standInElectron(folder: string): void {
  const wire = [Buffer.alloc(64), Buffer.from(SENTINEL), Buffer.from([1, SHIPPED.length]), Buffer.from(SHIPPED)];
  const files: Readonly<Record<string, string | Buffer>> = {
    electron: Buffer.concat([...wire, Buffer.alloc(64)]),
    LICENSE: 'a licence',
    'LICENSES.chromium.html': 'licences',
    version: '45.4.1',
    'locales/en-US.pak': '',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content, { mode: 0o755 });
  }
  mkdirSync(join(folder, 'resources'));
}

/** The folder of the packed app, for Linux on x64, in a new temporary folder. */
export async function packed(): Promise<{ readonly work: string; readonly app: string }> {
  const work = mkdtempSync(join(tmpdir(), 'tw-pack-'));
  const dist = join(work, 'electron');
  mkdirSync(dist);
  standInElectron(dist);
  const cli = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const options = {
    electronDist: dist,
    'directories.output': join(work, 'out'),
    'publish.owner': 'o',
    'publish.repo': 'r',
  };
  const set = Object.entries(options).map(([name, value]) => `-c.${name}=${value}`);
  await promisify(execFile)(
    process.execPath,
    [cli, '--linux', '--x64', '--dir', '--publish', 'never', ...set],
    // Nothing of a machine's signing or publishing.
    { cwd: ROOT, env: { PATH: process.env.PATH, HOME: work, CI: 'true' } },
  );
  return { work, app: join(work, 'out', 'linux-unpacked') };
}
