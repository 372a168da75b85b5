/** Fault matrix row 17: the file is damaged, empty, somebody else's, or from the future. */
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { openSqlite } from '../../src/engine/history/sqlite.ts';
import { clockAtStart, inspectFile, open, pass, range, recordNumbers, shownNumbers, tempFolder } from './store-bed.ts';

const DAY = 24 * 3_600_000;

/** A closed history with 300 changes. */
function madeHistory(): string {
  const path = join(tempFolder(), 'history.db');
  const history = open(path, clockAtStart());
  recordNumbers(history, 0, 300);
  history.close();
  return path;
}

function overwrite(path: string, offset: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, offset);
  closeSync(file);
}

const setAside = (path: string): string[] =>
  readdirSync(dirname(path))
    .filter((name) => name.includes('set-aside'))
    .sort();

const BROKEN: readonly { readonly name: string; readonly says: string; readonly make: () => string }[] = [
  {
    name: 'damaged in the middle',
    says: 'was damaged',
    make: () => {
      const path = madeHistory();
      overwrite(path, 4_096, statSync(path).size - 4_096);
      return path;
    },
  },
  {
    name: 'with a damaged head',
    says: 'was not a Tunnelwatch history',
    make: () => {
      const path = madeHistory();
      overwrite(path, 0, 4_096);
      return path;
    },
  },
  {
    name: 'with a damaged schema',
    says: 'was damaged',
    make: () => {
      const path = madeHistory();
      overwrite(path, 100, 3_000);
      return path;
    },
  },
  {
    name: 'cut in half',
    says: 'was damaged',
    make: () => {
      const path = madeHistory();
      truncateSync(path, Math.floor(statSync(path).size / 2));
      return path;
    },
  },
  {
    name: 'of length zero',
    says: 'was empty',
    make: () => {
      const path = join(tempFolder(), 'history.db');
      writeFileSync(path, '');
      return path;
    },
  },
  {
    name: 'that is a text',
    says: 'was not a Tunnelwatch history',
    make: () => {
      const path = join(tempFolder(), 'history.db');
      writeFileSync(path, 'notes on the night shift\n'.repeat(100));
      return path;
    },
  },
  {
    name: "that is another program's database",
    says: 'was not a Tunnelwatch history',
    make: () => {
      const path = join(tempFolder(), 'history.db');
      const db = openSqlite(path, { busyMs: 0, readOnly: false });
      db.exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
      db.close();
      return path;
    },
  },
];

describe('a history file', () => {
  it.each(BROKEN)(
    '$name is moved aside under a dated name, unchanged, and a new one is begun',
    async ({ says, make }) => {
      const path = make();
      const before = readFileSync(path);
      const clock = clockAtStart();
      const history = open(path, clock);
      const { mode, problem } = history.status();
      expect(mode).toBe('disk');
      const [aside = ''] = setAside(path);
      expect(aside).toBe('history.db.set-aside-2026-11-03T100000Z');
      expect(problem).toContain(says);
      expect(problem).toContain(join(dirname(path), aside));
      expect(readFileSync(join(dirname(path), aside)).equals(before)).toBe(true);
      recordNumbers(history, 0, 20);
      expect(shownNumbers(history)).toEqual(range(0, 20));
      // The notice stays for a day.
      await pass(clock, DAY - 1);
      expect(history.status().problem).not.toBeNull();
      await pass(clock, 1);
      expect(history.status().problem).toBeNull();
      history.close();
      expect(inspectFile(path)).toEqual({ numbers: range(0, 20), integrity: 'ok' });
    },
  );

  it('moved aside twice in one second gets two names', () => {
    const path = join(tempFolder(), 'history.db');
    for (let time = 0; time < 2; time += 1) {
      writeFileSync(path, 'nonsense');
      open(path, clockAtStart()).close();
    }
    expect(setAside(path)).toEqual([
      'history.db.set-aside-2026-11-03T100000Z',
      'history.db.set-aside-2026-11-03T100000Z-2',
    ]);
  });

  it('that breaks while we run is replaced at once, and the batch under way is kept', () => {
    const path = join(tempFolder(), 'history.db');
    const history = open(path, clockAtStart());
    recordNumbers(history, 0, 300);
    history.maintain(clockAtStart().now());
    // Everything from the file is read through the cache; damage to log and file shows at the next writes.
    overwrite(path, 0, statSync(path).size);
    overwrite(`${path}-wal`, 0, statSync(`${path}-wal`).size);
    overwrite(`${path}-shm`, 0, statSync(`${path}-shm`).size);
    recordNumbers(history, 300, 320);
    const shown = shownNumbers(history);
    expect(shown.slice(-20)).toEqual(range(300, 320));
    expect(history.status().mode).toBe('disk');
    expect(history.status().problem).toContain('moved to');
    history.close();
    expect(inspectFile(path)).toEqual({ numbers: range(300, 320), integrity: 'ok' });
  });

  it('of a newer Tunnelwatch is refused and left as it is, byte for byte', () => {
    const path = madeHistory();
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    const opened = openHistory({ path, clock: clockAtStart(), retention: DEFAULT_RETENTION });
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(opened.error.sentence).toMatch(/newer Tunnelwatch.*99.*left untouched/);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path)).sort()).toEqual(['history.db', 'history.db.lock']);
  });

  it('of a newer Tunnelwatch that did not stop properly is refused as well, its log untouched', () => {
    const path = madeHistory();
    const copy = join(tempFolder(), basename(path));
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec('PRAGMA user_version = 99');
    // What a kill leaves: the version stands in the log alone.
    for (const part of ['', '-wal']) copyFileSync(path + part, copy + part);
    db.close();
    const before = ['', '-wal'].map((part) => readFileSync(copy + part));
    const opened = openHistory({ path: copy, clock: clockAtStart(), retention: DEFAULT_RETENTION });
    expect(opened.ok).toBe(false);
    expect(
      ['', '-wal'].map((part) => readFileSync(copy + part).equals(before[part === '' ? 0 : 1] ?? Buffer.of())),
    ).toEqual([true, true]);
  });
});
