/** Fault matrix row 18: a second process at the same file. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { openSqlite } from '../../src/engine/history/sqlite.ts';
import {
  clockAtStart,
  open,
  pass,
  RETRY_MS,
  range,
  recordNumbers,
  runChild,
  shownNumbers,
  tempFolder,
} from './store-bed.ts';

const tryOpen = (path: string) => openHistory({ path, clock: clockAtStart(), retention: DEFAULT_RETENTION });

describe('a second Tunnelwatch', () => {
  it('is refused soon by a sentence that names the file and the holder', async () => {
    const path = join(tempFolder(), 'history.db');
    const holder = runChild('store-holder.ts', [path]);
    await holder.printed('held');
    const start = performance.now();
    const opened = tryOpen(path);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(opened.ok).toBe(false);
    if (opened.ok) return;
    expect(opened.error.sentence).toContain(path);
    expect(opened.error.sentence).toContain(`process ${holder.pid}`);
    // By another name of the same file too.
    const link = join(tempFolder(), 'link.db');
    symlinkSync(path, link);
    expect(tryOpen(link).ok).toBe(false);
  });

  it('gets the file at once when the first was killed', async () => {
    const path = join(tempFolder(), 'history.db');
    const holder = runChild('store-holder.ts', [path]);
    await holder.printed('held');
    holder.kill();
    await holder.ended;
    const history = open(path, clockAtStart());
    recordNumbers(history, 0, 3);
    expect(history.status()).toMatchObject({ mode: 'disk', problem: null, path });
  });

  it('is refused in the same process as well, and welcome after close', () => {
    const path = join(tempFolder(), 'history.db');
    const first = open(path, clockAtStart());
    expect(tryOpen(path).ok).toBe(false);
    first.close();
    open(path, clockAtStart());
  });

  it('is not kept out by a lock file that is none', () => {
    const path = join(tempFolder(), 'history.db');
    writeFileSync(`${path}.lock`, '4711\n'.repeat(2_000));
    expect(open(path, clockAtStart()).status().mode).toBe('disk');
  });
});

describe('a person with the sqlite3 shell', () => {
  it('who holds the file locked makes us wait briefly and go on in memory, then all is written', async () => {
    const path = join(tempFolder(), 'history.db');
    const clock = clockAtStart();
    const history = open(path, clock);
    recordNumbers(history, 0, 10);
    const shell = openSqlite(path, { busyMs: 0, readOnly: false });
    shell.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    recordNumbers(history, 10, 30);
    // One wait, not one for each batch.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(history.status().problem).toContain('another program holds the file locked');
    expect(shownNumbers(history)).toEqual(range(0, 30));
    shell.exec('COMMIT');
    shell.close();
    await pass(clock, RETRY_MS);
    recordNumbers(history, 30, 40);
    expect(history.status()).toMatchObject({ mode: 'disk', problem: null, path });
    expect(shownNumbers(history)).toEqual(range(0, 40));
  });
});
