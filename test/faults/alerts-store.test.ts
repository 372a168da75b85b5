/**
 * Fault matrix rows 15 to 18 for alerts.db: full, read-only, damaged, foreign, newer, taken. Alerting goes on, it is said,
 * nothing is lost, and it heals by itself.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AlertStore } from '../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../src/engine/alerts/store/open-store.ts';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { openSqlite, text } from '../../src/engine/history/sqlite.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import {
  alert,
  DAY,
  delivered,
  membersOf,
  NOTHING,
  open,
  opening,
  resolved,
  START,
  silence,
  tempFolder,
} from '../engine/alerts/store/bed.ts';
import { canMount, pass, RETRY_MS, range, runChild, smallDisk } from './store-bed.ts';

/** Fills a file system to the last byte; returns the way to free it. */
function fill(folder: string): () => void {
  const path = join(folder, 'ballast');
  for (const size of [65_536, 4_096, 512, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // ENOSPC: go on with smaller pieces.
    }
  }
  return () => rmSync(path);
}

function record(store: AlertStore, from: number, to: number): void {
  for (let n = from; n < to; n += 1) store.record(opening(n), membersOf(n));
}

const numbers = (store: AlertStore): number[] =>
  store
    .incidents(null, 10_000)
    .map(({ id }) => Number(id.slice(2)))
    .sort((a, b) => a - b);

/** Everything that a start finds, against what was recorded: `open` ones of `all`. */
function expectWhole(store: AlertStore, all: readonly number[], openOnes: readonly number[]): void {
  expect(numbers(store)).toEqual(all);
  const saved = store.load();
  const ids = openOnes.map((n) => `i-${n}`).sort();
  expect(
    saved.incidents
      .filter(({ phase }) => phase !== 'resolved')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids);
  expect(Object.keys(saved.members).sort()).toEqual(ids);
  expect(saved.alerts.map(({ id }) => id).sort()).toEqual(openOnes.map((n) => alert(n).id).sort());
  expect(saved.memories.map(({ incidentId }) => incidentId).sort()).toEqual(ids);
  for (const n of all) expect(store.steps(`i-${n}`, 10), `i-${n}`).toHaveLength(1);
}

function end(store: AlertStore, n: number, at: number): void {
  const alerts = [alert(n, { phase: 'resolved', resolvedAt: at })];
  store.record({ ...NOTHING, alerts, incidents: [resolved(n, at)] }, {});
}

function reopen(path: string, clock: VirtualClock): AlertStore {
  const store = open(path, clock);
  expect(store.status()).toEqual({ mode: 'disk', path, problem: null });
  return store;
}

function integrity(path: string): string {
  const db = openSqlite(path, { busyMs: 2_000, readOnly: false });
  const said = text(db.prepare('PRAGMA integrity_check').row() ?? [], 0);
  db.close();
  return said;
}

describe.skipIf(!canMount())('a full disk (a tmpfs; skipped where we may not mount one)', () => {
  it('is said; all goes on in memory and is written down when there is space again', async () => {
    const { folder } = smallDisk('8m');
    const path = join(folder, 'alerts.db');
    const clock = virtualClock(START);
    const store = open(path, clock);
    store.load();
    record(store, 1, 50);
    const free = fill(folder);
    record(store, 50, 150);
    expect(store.status().mode).toBe('memory');
    expect(store.status().problem).toContain('the disk is full');
    expect(store.status().problem).toContain(path);
    // What was open before goes on as well: it ends, its notice is delivered, a silence begins.
    end(store, 3, START + 1_000);
    const [waiting] = store.load().outbox;
    if (waiting === undefined) throw new Error('nothing waits');
    store.update(delivered(waiting, START), START);
    store.record({ ...NOTHING, silences: [silence('s', START + DAY)] }, {});
    const open1 = range(1, 150).filter((n) => n !== 3);
    expectWhole(store, range(1, 150), open1);
    await pass(clock, RETRY_MS);
    record(store, 150, 151);
    expect(store.status().mode).toBe('memory');
    free();
    await pass(clock, RETRY_MS);
    record(store, 151, 160);
    expect(store.status()).toEqual({ mode: 'disk', problem: null, path });
    store.close();
    expect(integrity(path)).toBe('ok');
    const again = reopen(path, clock);
    expect(again.uuid).toBe(store.uuid);
    expectWhole(
      again,
      range(1, 160),
      range(1, 160).filter((n) => n !== 3),
    );
    const saved = again.load();
    expect(saved.outbox.map(({ id }) => id)).toEqual(range(2, 160));
    expect(saved.silences).toHaveLength(1);
    expect(saved.nextIncident).toBe(160);
  });

  it('at the start leaves no litter, and the file is begun later', async () => {
    const { folder } = smallDisk('1m');
    const path = join(folder, 'alerts.db');
    const free = fill(folder);
    const clock = virtualClock(START);
    const store = open(path, clock);
    // Numbers by the second: what the file may hold is not known.
    const { nextIncident } = store.load();
    expect(nextIncident).toBe(START / 1_000);
    record(store, nextIncident, nextIncident + 5);
    await pass(clock, RETRY_MS);
    store.prune(clock.now());
    expect(store.status().mode).toBe('memory');
    expect(readdirSync(folder).filter((name) => name.includes('set-aside'))).toEqual([]);
    free();
    store.close();
    const again = reopen(path, clock);
    expect(again.uuid).toBe(store.uuid);
    expectWhole(again, range(nextIncident, nextIncident + 5), range(nextIncident, nextIncident + 5));
  });
});

describe.skipIf(!canMount())('a read-only file system (a tmpfs; skipped where we may not mount one)', () => {
  it('is read, goes on in memory, and returns to the file when it may', async () => {
    const { folder, remount } = smallDisk('4m');
    const path = join(folder, 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock);
    record(first, 1, 20);
    first.close();
    remount('ro');
    const store = open(path, clock);
    expect(store.status().problem).toContain('read-only');
    expect(store.uuid).toBe(first.uuid);
    expectWhole(store, range(1, 20), range(1, 20));
    record(store, 20, 30);
    end(store, 5, START + 100);
    const openOnes = range(1, 30).filter((n) => n !== 5);
    expectWhole(store, range(1, 30), openOnes);
    remount('rw');
    await pass(clock, RETRY_MS);
    store.prune(clock.now());
    expect(store.status()).toEqual({ mode: 'disk', problem: null, path });
    store.close();
    expectWhole(reopen(path, clock), range(1, 30), openOnes);
  });
});

const setAside = (path: string): string[] => readdirSync(dirname(path)).filter((name) => name.includes('set-aside'));

function overwrite(path: string, offset: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, offset);
  closeSync(file);
}

describe('an alerts file', () => {
  const made = (): string => {
    const path = join(tempFolder(), 'alerts.db');
    const store = open(path, virtualClock(START));
    record(store, 1, 100);
    store.close();
    return path;
  };

  it.each([
    ['damaged in the middle', 'was damaged', (path: string) => overwrite(path, 4_096, statSync(path).size - 4_096)],
    [
      'that is a text',
      'was not a Tunnelwatch alerts file',
      (path: string) => writeFileSync(path, 'notes\n'.repeat(999)),
    ],
    ['of length zero', 'was empty', (path: string) => writeFileSync(path, '')],
  ])('%s is moved aside under a dated name, and a new one is begun', (_name, says, spoil) => {
    const path = made();
    spoil(path);
    const before = readFileSync(path);
    const clock = virtualClock(START);
    const store = open(path, clock);
    const [aside = ''] = setAside(path);
    expect(store.status()).toMatchObject({ mode: 'disk', problem: expect.stringContaining(says) });
    expect(store.status().problem).toContain(`${aside} and a new alerts file was begun.`);
    expect(readFileSync(join(dirname(path), aside)).equals(before)).toBe(true);
    record(store, 1, 5);
    store.close();
    expectWhole(reopen(path, clock), range(1, 5), range(1, 5));
  });

  it('that is the history is moved aside, not written into', () => {
    const path = join(tempFolder(), 'history.db');
    const clock = virtualClock(START);
    const history = openHistory({ path, clock, retention: DEFAULT_RETENTION });
    if (history.ok) history.value.close();
    expect(open(path, clock).status().problem).toContain('was not a Tunnelwatch alerts file');
  });

  it('that breaks while we run is replaced at once, with all that is going on', () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const store = open(path, clock);
    store.load();
    record(store, 1, 100);
    end(store, 7, START + 100);
    for (const part of ['', '-wal', '-shm']) overwrite(path + part, 0, statSync(path + part).size);
    record(store, 100, 120);
    expect(store.status()).toMatchObject({ mode: 'disk', problem: expect.stringContaining('moved to') });
    store.close();
    const saved = reopen(path, clock).load();
    const going = range(1, 120).filter((n) => n !== 7);
    expect(saved.incidents.map(({ id }) => Number(id.slice(2))).sort((a, b) => a - b)).toEqual(going);
    expect(saved.outbox).toHaveLength(119);
    expect(Object.keys(saved.members)).toHaveLength(118);
    expect(saved.memories).toHaveLength(118);
  });

  it('of a newer Tunnelwatch is refused and left as it is, byte for byte', () => {
    const path = made();
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    const opened = openAlertStore({ path, clock: virtualClock(START), retentionMs: DAY });
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(opened.error.sentence).toMatch(/alerts file.*newer Tunnelwatch.*99.*left untouched/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('in use by another Tunnelwatch is refused by name', () => {
    const path = made();
    open(path, virtualClock(START));
    const second = openAlertStore({ path, clock: virtualClock(START), retentionMs: DAY });
    expect(second.ok).toBe(false);
    if (!second.ok) expect(second.error.sentence).toContain(`process ${process.pid}`);
  });

  it('that could not even be read at the start ends, visibly, what nobody follows any more', async () => {
    const path = made();
    const hidden = `${path}.hidden`;
    const clock = virtualClock(START);
    // A lock that cannot be taken for reasons of the disk: a folder lies in its place.
    rmSync(`${path}.lock`);
    mkdirSync(`${path}.lock`);
    renameSync(path, hidden);
    const store = open(path, clock);
    const { nextIncident, incidents } = store.load();
    expect(incidents).toEqual([]);
    record(store, nextIncident, nextIncident + 3);
    renameSync(hidden, path);
    rmSync(`${path}.lock`, { recursive: true });
    await pass(clock, RETRY_MS);
    record(store, nextIncident + 3, nextIncident + 4);
    expect(store.status()).toEqual({ mode: 'disk', problem: null, path });
    store.close();
    const again = reopen(path, clock);
    const saved = again.load();
    const running = range(nextIncident, nextIncident + 4).map((n) => `i-${n}`);
    expect(
      saved.incidents
        .filter(({ phase }) => phase !== 'resolved')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(running);
    expect(saved.outbox).toHaveLength(4);
    const [lost] = again.deliveries({ incidentId: 'i-1', sink: null, before: null, limit: 1 });
    expect(lost).toMatchObject({ state: 'failed', answer: expect.stringContaining('could not be read') });
    expect(again.steps('i-1', 10).at(-1)).toMatchObject({ what: 'resolved' });
  });
});

describe.skipIf(process.platform === 'win32')('a limit on the size of files (ulimit -f; skipped on Windows)', () => {
  it('is survived like a full disk', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const limited = runChild('alerts-reporter.ts', [path, '400'], () => [
      '/bin/bash',
      '-c',
      'trap "" XFSZ; ulimit -f 200; exec "$@"',
      'limited',
    ]);
    const report = JSON.parse(await limited.ended);
    expect(report).toMatchObject({ atStart: { mode: 'disk' }, atEnd: { mode: 'memory' }, shown: 400, waiting: 400 });
    expect(integrity(path)).toBe('ok');
  });
});
