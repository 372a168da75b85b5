/** Fault matrix row 16: a folder or a file system that may not be written. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canMount,
  clockAtStart,
  open,
  pass,
  RETRY_MS,
  range,
  recordNumbers,
  runChild,
  shownNumbers,
  smallDisk,
  tempFolder,
} from './store-bed.ts';

describe.skipIf(!canMount())('a read-only file system (a tmpfs; skipped where we may not mount one)', () => {
  it('keeps the past readable, the present in memory, and returns to the file when it may', async () => {
    const { folder, remount } = smallDisk('4m');
    const path = join(folder, 'history.db');
    const clock = clockAtStart();
    // The kernel refuses to remount while a file is open for writing.
    const first = open(path, clock);
    recordNumbers(first, 0, 50);
    first.close();
    remount('ro');
    const history = open(path, clock);
    expect(history.status().mode).toBe('memory');
    expect(history.status().problem).toContain('read-only');
    expect(shownNumbers(history)).toEqual(range(0, 50));
    recordNumbers(history, 50, 80);
    expect(shownNumbers(history)).toEqual(range(0, 80));
    remount('rw');
    await pass(clock, RETRY_MS);
    recordNumbers(history, 80, 90);
    expect(history.status()).toMatchObject({ mode: 'disk', problem: null, path });
    expect(shownNumbers(history)).toEqual(range(0, 90));
    const events = history.events({ key: null, accountId: null, before: null, limit: 1_000 });
    expect(events.map(({ detail }) => detail.n).reverse()).toEqual(range(0, 90));
  });
});

describe.skipIf(process.platform === 'win32')('a folder without the right to write (skipped on Windows)', () => {
  /** Root may write anywhere, so the child gives it up; as an ordinary user the folder's mode is enough. */
  const guest = process.getuid?.() === 0 ? ['65534'] : [];

  it('keeps an existing history readable and goes on in memory', async () => {
    const folder = tempFolder();
    const path = join(folder, 'history.db');
    const history = open(path, clockAtStart());
    recordNumbers(history, 0, 30);
    history.close();
    chmodSync(folder, 0o555);
    const report = JSON.parse(await runChild('store-reporter.ts', [path, '20', ...guest]).ended);
    chmodSync(folder, 0o755);
    expect(report).toMatchObject({
      atStart: { mode: 'memory' },
      atEnd: { mode: 'memory' },
      before: 30,
      shown: 20,
      seqs: 20,
    });
    expect(report.atStart.problem).toContain('this user may not write there');
  });

  it('is said when the folder cannot even be made', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o555);
    const report = JSON.parse(await runChild('store-reporter.ts', [join(folder, 'sub', 'h.db'), '5', ...guest]).ended);
    expect(report).toMatchObject({ atEnd: { mode: 'memory' }, shown: 5 });
    expect(report.atEnd.problem).toContain('this user may not write there');
  });
});

describe('a path that is no place for a file', () => {
  it('is survived in memory when a folder lies there', () => {
    const path = join(tempFolder(), 'history.db');
    mkdirSync(path);
    const history = open(path, clockAtStart());
    recordNumbers(history, 0, 5);
    expect(history.status().mode).toBe('memory');
    expect(shownNumbers(history)).toEqual(range(0, 5));
  });

  it('is survived in memory when a file lies where a folder should be', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    const history = open(join(folder, 'file', 'history.db'), clockAtStart());
    expect(history.status().problem).toContain('a part of the path is not a folder');
  });
});
