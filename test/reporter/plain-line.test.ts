import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lines } from './plain-line.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
let parent = '';

beforeAll(() => {
  mkdirSync(join(ROOT, 'test-output'), { recursive: true });
  parent = mkdtempSync(join(ROOT, 'test-output', 'reporter-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Runs vitest with our reporter over the given files, in a process of its own. */
async function run(files: Readonly<Record<string, string>>): Promise<{ code: number; last: string; all: string }> {
  const folder = mkdtempSync(join(parent, 'run-'));
  // An own, empty config: vitest would climb up to the one of this project.
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};');
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { describe, expect, it } from 'vitest';\n${text}\n`);
  }
  const args = ['run', '--root', folder, '--reporter', 'default'];
  const reporter = join(ROOT, 'test', 'reporter', 'plain-line.ts');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [VITEST, ...args, '--reporter', reporter],
      { cwd: folder, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code, last: stdout.trimEnd().split('\n').at(-1) ?? '', all: stdout });
      },
    );
  });
}

describe('the plain line', () => {
  it('is the last one and counts what passed and what was skipped, with reasons', async () => {
    const { code, last, all } = await run({
      'a.test.ts': `it('adds', () => {});
        it('flies', (ctx) => ctx.skip('no wings'));
        describe.skip('later', () => { it('rests', () => {}); });`,
      'b.test.ts': `it('adds', () => {});`,
    });
    expect(last).toBe('2 passed, 0 failed, 2 skipped');
    expect(all).toContain('skipped: flies (no wings)');
    expect(all).toContain('skipped: later > rests (skipped where it is written)');
    expect(code).toBe(0);
  });

  it('counts a failed test, a file that cannot be read and an error outside of tests', async () => {
    const { code, last } = await run({
      'a.test.ts': `it('adds', () => expect(1).toBe(2)); it('is fine', () => {});`,
      'b.test.ts': `import './missing.ts'; it('never runs', () => {});`,
      'c.test.ts': `it('leaves something behind', async () => {
        Promise.reject(new Error('later')); await new Promise((r) => setTimeout(r, 20)); });`,
    });
    expect(last).toBe('2 passed, 3 failed, 0 skipped');
    expect(code).not.toBe(0);
  });

  it('takes a run in which nothing ran for a failure', async () => {
    const nothing = await run({});
    expect(nothing.last).toBe('0 passed, 0 failed, 0 skipped');
    expect(nothing.code).not.toBe(0);
    const skipped = await run({ 'a.test.ts': `it.skip('rests', () => {});` });
    expect(skipped.last).toBe('0 passed, 0 failed, 1 skipped');
    expect(skipped.code).not.toBe(0);
  });

  it('says so when nothing ran', () => {
    expect(lines({ passed: 0, failed: 0, skipped: [] })).toEqual(['no tests ran', '0 passed, 0 failed, 0 skipped']);
  });
});
