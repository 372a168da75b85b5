/**
 * `npm start` and `npm run demo`, after the build: opens the desktop app where Electron's binary can be had, and says in
 * one sentence why it opens the same app on the headless host instead where it cannot.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronBinary, noWindowBecause } from './desktop-binary.ts';
import NODE_FLAGS from './node-flags.json' with { type: 'json' };

/** A machine that blocks downloads often answers nothing at all; nobody should wait longer for a window. */
const DOWNLOAD_LIMIT_MS = 20_000;
/** A window that fails sooner than this never opened: missing libraries, for instance. */
const STARTED_AFTER_MS = 5_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const root = join(import.meta.dirname, '..', '..');

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Runs a program on our terminal; signals are handed on. Resolves to its exit code. */
function run(program: string, args: readonly string[]): Promise<number> {
  const child: ChildProcess = spawn(program, args, { cwd: root, stdio: 'inherit' });
  const handOn = SIGNALS.map((signal) => [signal, (): boolean => child.kill(signal)] as const);
  for (const [signal, listener] of handOn) process.on(signal, listener);
  return new Promise((resolve) => {
    const end = (code: number): void => {
      for (const [signal, listener] of handOn) process.off(signal, listener);
      resolve(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 1));
  });
}

/** Asks Electron's own installer for the binary, for a limited time. */
async function download(): Promise<void> {
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return;
  say("Fetching Electron's binary (once) …");
  const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore' });
  await new Promise<void>((resolve) => {
    const limit = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_LIMIT_MS);
    const end = (): void => {
      clearTimeout(limit);
      resolve();
    };
    child.on('error', end);
    child.on('exit', end);
  });
}

/** True when the desktop app ran; otherwise it has said why not. */
async function openDesktop(args: readonly string[]): Promise<{ ran: boolean; code: number }> {
  const instead = 'so the app opens in the browser, on the headless host.';
  const because = noWindowBecause(process.env, process.platform, process.getuid?.());
  if (because !== null) {
    say(`${because}, ${instead}`);
    return { ran: false, code: 0 };
  }
  if (electronBinary(root, process.env) === null) await download();
  const binary = electronBinary(root, process.env);
  if (binary === null) {
    say(`Electron's binary could not be had within ${DOWNLOAD_LIMIT_MS / 1000} s, ${instead}`);
    return { ran: false, code: 0 };
  }
  const begun = performance.now();
  const code = await run(binary, ['.', ...args]);
  const failed = code !== 0 && performance.now() - begun < STARTED_AFTER_MS;
  if (failed) say(`Electron did not start (exit code ${code}), ${instead}`);
  return { ran: !failed, code };
}

const args = process.argv.slice(2);
const desktop = await openDesktop(args);
if (desktop.ran) process.exitCode = desktop.code;
else {
  const rest = args.filter((arg) => arg !== '--demo');
  const command = args.includes('--demo') ? 'demo' : 'serve';
  const flags = command === 'serve' ? NODE_FLAGS : [];
  const headless = join(root, 'out', 'main', 'headless.js');
  process.exitCode = await run(process.execPath, [...flags, headless, command, '--open', ...rest]);
}
