/** What the tests of a failing store share: temporary folders, small file systems, child processes, whole histories. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { History, RecordBatch } from '../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { int, openSqlite, text } from '../../src/engine/history/sqlite.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import { ACCOUNT, numbered, START, TUNNEL } from './children/store-batches.ts';

export { ACCOUNT, numbered, START, TUNNEL };

/** Longer than the history waits before it tries the disk again. */
export const RETRY_MS = 31_000;

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const clockAtStart = (): VirtualClock => virtualClock(START);
export const pass = (clock: VirtualClock, ms: number): Promise<void> => clock.advance(ms, async () => {});

/** Opens a history that closes with the test; a refusal is thrown. */
export function open(path: string, clock: VirtualClock): History {
  const opened = openHistory({ path, clock, retention: DEFAULT_RETENTION });
  if (!opened.ok) throw new Error(opened.error.sentence);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** Records the batches number `from` (inclusive) to `to` (exclusive). */
export function recordNumbers(history: History, from: number, to: number): void {
  for (let n = from; n < to; n += 1) history.record(numbered(n));
}

/** The numbers of all changes that a history shows, oldest first. */
export function shownNumbers(history: History): number[] {
  return history
    .changes(TUNNEL, 0, 1_000)
    .map(({ at }) => at - START)
    .reverse();
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** The numbers of all changes in a file, and SQLite's word on its health. */
export function inspectFile(path: string): { readonly numbers: number[]; readonly integrity: string } {
  const db = openSqlite(path, { busyMs: 2_000, readOnly: false });
  const rows = db.prepare('SELECT at FROM changes ORDER BY at').rows();
  const integrity = text(db.prepare('PRAGMA integrity_check').row() ?? [], 0);
  db.close();
  return { numbers: rows.map((row) => int(row, 0) - START), integrity };
}

/** Mounts a tmpfs of `size` (as in `2m`) for the length of the test. */
export function smallDisk(size: string): { readonly folder: string; remount(mode: 'ro' | 'rw'): void } {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    remount: (mode) => {
      execFileSync('mount', ['-o', `remount,${mode}`, folder]);
    },
  };
}

/** True where this process may mount a tmpfs: Linux, root, not in a locked-down container. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const CHILDREN = join(import.meta.dirname, 'children');
/** Compiled code of the children: those that are started hundreds of times begin four times as fast with it. */
const COMPILED = mkdtempSync(join(tmpdir(), 'tunnelwatch-compiled-'));
process.once('exit', () => rmSync(COMPILED, { recursive: true, force: true }));

export interface Child {
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves when its output holds `needle`; rejects when it ended before. */
  printed(needle: string): Promise<void>;
  kill(): void;
  /** Resolves with all of its output when it ended. */
  readonly ended: Promise<string>;
}

/** Runs a script of `children/` with this very Node, or with `command` around it. */
export function runChild(
  script: string,
  args: readonly string[],
  command?: (node: string) => readonly string[],
): Child {
  const node = [process.execPath, '--no-warnings', join(CHILDREN, script), ...args];
  const [program = '', ...rest] = command === undefined ? node : [...command(process.execPath), ...node];
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILED };
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const wakers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
    for (const wake of wakers) wake();
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const ended = new Promise<string>((settle) => child.on('close', () => settle(output)));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    printed: (needle) =>
      new Promise((settle, reject) => {
        const look = (): void => {
          if (!output.includes(needle)) return;
          wakers.delete(look);
          settle();
        };
        wakers.add(look);
        look();
        ended.then(() => reject(new Error(`${script} ended without '${needle}': ${errors}`)));
      }),
    kill: () => {
      child.kill('SIGKILL');
    },
    ended,
  };
}

export const EMPTY: RecordBatch = { changes: [], events: [], gaps: [], configs: [], identities: [], looked: [] };
