/** `npm start` and `npm run demo` with a stand-in for Electron, for its installer and for the headless host. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headlessArguments } from '../../src/headless/open-app.ts';
import { type Finished, type Running, run, start } from './child.ts';

const OPENER = join(import.meta.dirname, 'children', 'open-stand-in.ts');
const INSTEAD = 'so the app opens in the browser, on the headless host.';
const FETCHING = "Fetching Electron's binary (once) …";

let root = '';
const electron = (...parts: string[]): string => join(root, 'node_modules', 'electron', ...parts);
const tries = (): number => (existsSync(join(root, 'tries')) ? readFileSync(join(root, 'tries'), 'utf8').length : 0);

/** A program that says what it was started with, and then does as told. Plain sh: it starts quickly. */
function program(path: string, name: string, then: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${name} $PWD $* [$ELECTRON_RUN_AS_NODE]"\n${then}\n`);
  chmodSync(path, 0o755);
}
/** Electron's installer: counts its tries, and then does as told. */
function installer(then: string): void {
  writeFileSync(
    electron('install.js'),
    `const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(join(root, 'tries'))}, 'x'); ${then}`,
  );
}
const INSTALLS = (): string =>
  `fs.mkdirSync(${JSON.stringify(electron('dist'))}, { recursive: true });` +
  `fs.copyFileSync(${JSON.stringify(join(root, 'kept-electron'))}, ${JSON.stringify(electron('dist', 'electron'))});` +
  `fs.writeFileSync(${JSON.stringify(electron('path.txt'))}, 'electron');`;
const FAILS = "console.error('RequestError: getaddrinfo ENOTFOUND github.com\\n    at x'); process.exit(1);";
const HANGS = 'setInterval(() => {}, 1000);';

const env = (more: Record<string, string> = {}): Record<string, string> => ({ ROOT: root, DISPLAY: ':0', ...more });
const opened = (args: readonly string[] = [], more: Record<string, string> = {}): Promise<Finished> =>
  run(args, env(more), OPENER);
const opening = (args: readonly string[] = [], more: Record<string, string> = {}): Running =>
  start(args, env(more), OPENER);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tw-open-'));
  mkdirSync(electron(), { recursive: true });
  mkdirSync(join(root, 'out', 'main'), { recursive: true });
  writeFileSync(electron('package.json'), '{"version":"45.4.1"}');
  // The headless host is started on Node.
  writeFileSync(
    join(root, 'out', 'main', 'headless.js'),
    "console.log('headless', process.argv.slice(2).join(' ')); process.exitCode = 3;",
  );
  program(join(root, 'kept-electron'), 'electron', 'exit 0');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function installed(then: string): void {
  program(electron('dist', 'electron'), 'electron', then);
  writeFileSync(electron('path.txt'), 'electron');
}

describe('with a binary', () => {
  it('opens the desktop app, hands the arguments on, and asks no installer', async () => {
    installed('exit 0');
    installer(INSTALLS());
    const { out, error, code } = await opened(['--demo', '--config', 'a b.yaml', 'tunnelwatch://tunnel/1']);
    expect(out).toBe(`electron ${root} . --demo --config a b.yaml tunnelwatch://tunnel/1 []\n`);
    expect([error, code, tries()]).toEqual(['', 0, 0]);
  });

  it('ends as the app ends, once it was open', async () => {
    installed('exit 7');
    const { out, error, code } = await opened([], { STARTED_MS: '0' });
    expect([out.startsWith('electron'), error, code]).toEqual([true, '', 7]);
  });

  it('opens the headless host when the app could not start', async () => {
    installed('exit 7');
    const { out, error, code } = await opened();
    expect(error).toBe(`Electron did not start (exit code 7), ${INSTEAD}\n`);
    expect([out.split('\n')[1], code]).toEqual(['headless serve --open', 3]);
  });

  it('opens the headless host when the binary is not for this machine', async () => {
    installed('');
    writeFileSync(electron('dist', 'electron'), 'not a program');
    chmodSync(electron('dist', 'electron'), 0o644);
    const { error, code } = await opened();
    expect(error).toBe(`Electron did not start (exit code 127), ${INSTEAD}\n`);
    expect(code).toBe(3);
  });

  it.each([
    ['SIGTERM', 'TERM', 0],
    ['SIGINT', 'INT', 130],
  ] as const)('hands %s on, ends as the app ends, and opens nothing in its place', async (signal, name, code) => {
    installed(`trap 'echo heard; exit ${code}' ${name}; echo ready; while :; do sleep 0.05; done`);
    const app = opening();
    await app.saw(/ready/);
    app.child.kill(signal);
    const { out, error, code: got } = await app.finished;
    expect([out.includes('heard'), out.includes('headless'), error, got]).toEqual([true, false, '', code]);
  });

  it('counts an end by a signal as shells do', async () => {
    installed('kill -KILL $$');
    expect((await opened([], { STARTED_MS: '0' })).code).toBe(137);
  });

  it('takes the binary of ELECTRON_OVERRIDE_DIST_PATH, and not as a plain Node', async () => {
    program(join(root, 'elsewhere', 'electron'), 'overridden', 'exit 0');
    installer(INSTALLS());
    const more = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere'), ELECTRON_RUN_AS_NODE: '1' };
    const { out, error } = await opened(['--wall'], more);
    expect([out, error, tries()]).toEqual([`overridden ${root} . --wall []\n`, '', 0]);
  });
});

describe('without a binary', () => {
  it('asks the installer, and opens the desktop app that it brought', async () => {
    installer(INSTALLS());
    const { out, error, code } = await opened(['--demo']);
    expect([out, error, code]).toEqual([`electron ${root} . --demo []\n`, `${FETCHING}\n`, 0]);
    expect((await opened()).error).toBe('');
    expect(tries()).toBe(1);
  });

  it('says in one sentence why the installer failed, and opens the headless host', async () => {
    installer(FAILS);
    const { out, error, code } = await opened(['--demo', '--port', '0']);
    expect(error).toBe(
      `${FETCHING}\nElectron's binary could not be had (getaddrinfo ENOTFOUND github.com), ${INSTEAD}\n`,
    );
    expect([out, code]).toEqual(['headless demo --open --port 0\n', 3]);
  });

  it('stops an installer that hangs, and says after how long', async () => {
    installer(HANGS);
    const { out, error } = await opened([], { LIMIT_MS: '1500' });
    expect(error).toBe(`${FETCHING}\nElectron's binary could not be had within 1.5 s, ${INSTEAD}\n`);
    expect([out, tries()]).toEqual(['headless serve --open\n', 1]);
  });

  it('does not try again for a day, nor forget to say why', async () => {
    installer(FAILS);
    const at = (ms: number, more = {}): Promise<Finished> => opened([], { NOW_MS: String(1e12 + ms), ...more });
    await at(0);
    const { out, error } = await at(86_399_999);
    expect(error).toBe(
      "Electron's binary could not be had (getaddrinfo ENOTFOUND github.com) (`npx install-electron` tries again), " +
        `${INSTEAD}\n`,
    );
    expect([out, tries()]).toEqual(['headless serve --open\n', 1]);
    await at(86_400_000);
    expect(tries()).toBe(2);
    // A clock that was set back, another mirror, another Electron: each is a reason to ask again.
    await at(0);
    expect(tries()).toBe(3);
    await at(1, { ELECTRON_MIRROR: 'https://user:CANARY@mirror.example/' });
    expect(tries()).toBe(4);
    const note = readFileSync(join(root, 'node_modules', '.cache', 'tunnelwatch', 'electron-missing.json'), 'utf8');
    expect(note).not.toContain('CANARY');
    writeFileSync(electron('package.json'), '{"version":"45.4.2"}');
    await at(2, { ELECTRON_MIRROR: 'https://user:CANARY@mirror.example/' });
    expect(tries()).toBe(5);
  });

  it('tries at each start where the failure cannot be written down', async () => {
    installer(FAILS);
    writeFileSync(join(root, 'node_modules', '.cache'), 'a file in the way');
    await opened();
    expect((await opened()).code).toBe(3);
    expect(tries()).toBe(2);
  });

  it('says so when the installer is content and the binary is not there', async () => {
    installer('');
    expect((await opened()).error).toBe(
      `${FETCHING}\nElectron's binary is not where its installer should have put it, ${INSTEAD}\n`,
    );
  });

  it('says so when Electron is not installed at all', async () => {
    expect((await opened()).error).toBe(`Electron is not installed, ${INSTEAD}\n`);
  });

  it('ends with the installer when somebody stops it, and opens nothing', async () => {
    installer(`${HANGS} console.log('up');`);
    const app = opening();
    await expect.poll(tries).toBe(1);
    app.child.kill('SIGTERM');
    const { out, code } = await app.finished;
    expect([out, code]).toEqual(['', 143]);
    expect((await opened([], { LIMIT_MS: '300' })).error).toContain(FETCHING);
  });
});

describe('where no window can be', () => {
  it.each([
    ['There is no display for a window', { DISPLAY: '' }],
    ["Chromium's sandbox does not run as root", { STAND_UID: '0' }],
  ])('%s: asks no installer', async (why, more) => {
    installed('exit 0');
    installer(INSTALLS());
    const { out, error, code } = await opened([], more);
    expect(error).toBe(`${why}, ${INSTEAD}\n`);
    expect([out, tries(), code]).toEqual(['headless serve --open\n', 0, 3]);
  });

  it('opens a window on Wayland alone', async () => {
    installed('exit 0');
    expect((await opened([], { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).out).toMatch(/^electron/);
  });

  it('leaves out what only a window can do, and says so', async () => {
    const { out, error } = await opened(['--wall', '--display', '2', '-c', 'x.yaml'], { DISPLAY: '' });
    expect(error).toContain('The headless host has no window: --display left out.\n');
    expect(out).toBe('headless serve --open=/wall -c x.yaml\n');
  });

  it.each([
    [['--wall'], '/wall'],
    [['--wall', '--rotate', '30'], '/wall?rotate=30'],
    [['--view=by=site&name=NOC', '--rotate=5', '--wall', '--demo'], '/wall?by=site&name=NOC&rotate=5'],
  ])('of %j opens %s', (args, page) => {
    expect(headlessArguments(args)).toEqual({ kept: [], dropped: [], page });
  });

  it.each([
    [['--demo'], [], []],
    [['--config', 'a', '--hidden'], ['--config', 'a'], ['--hidden']],
    [
      ['--display=2', '--rotate', '30', '--port', '1'],
      ['--port', '1'],
      ['--display', '--rotate'],
    ],
    [['tunnelwatch://tunnel/1'], [], []],
  ])('of %j keeps %j and leaves out %j', (args, kept, dropped) => {
    expect(headlessArguments(args)).toEqual({ kept, dropped, page: null });
  });
});
