/**
 * Resident memory of the headless host with 1,000 tunnels after 1,000 polls, in a process of its own: bundled as the release
 * is, and started with the flags that `tunnelwatch` is started with.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import NODE_FLAGS from '../../src/headless/node-flags.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the checkout, so that the bundle finds node_modules. */
const outDir = join(root, 'test-output/bench-rss');

export default {
  name: 'rss',
  async run(): Promise<Record<string, number>> {
    const ssr = join(root, 'test/bench/children/rss-host.ts');
    await build({ configFile: false, root, logLevel: 'warn', build: { ssr, outDir, target: 'node24', minify: false } });
    const simulator = join(root, 'test/bench/children/sim-server.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...NODE_FLAGS,
      join(outDir, 'rss-host.js'),
      simulator,
    ]);
    rmSync(outDir, { recursive: true });
    const line = stdout.trim().split('\n').at(-1) ?? '';
    process.stderr.write(`rss: ${line}\n`);
    const { rssMb } = JSON.parse(line) as { rssMb: number };
    return { 'rss.headless.1000Mb': rssMb };
  },
};
