/** Fault matrix row 15: the disk is full. Monitoring goes on, it is said, nothing is lost, and it heals by itself. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canMount,
  clockAtStart,
  inspectFile,
  open,
  pass,
  RETRY_MS,
  range,
  recordNumbers,
  runChild,
  START,
  shownNumbers,
  smallDisk,
  TUNNEL,
  tempFolder,
} from './store-bed.ts';

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

describe.skipIf(!canMount())('a full disk (a tmpfs; skipped where we may not mount one)', () => {
  it('goes on in memory, shows everything, and writes it all down when there is space again', async () => {
    const { folder } = smallDisk('8m');
    const path = join(folder, 'history.db');
    const clock = clockAtStart();
    const history = open(path, clock);
    await pass(clock, 1_000);
    recordNumbers(history, 0, 100);
    const free = fill(folder);
    recordNumbers(history, 100, 400);
    const { mode, problem } = history.status();
    expect(mode).toBe('memory');
    expect(problem).toContain('the disk is full');
    expect(problem).toContain(path);
    expect(shownNumbers(history)).toEqual(range(0, 400));
    const [track] = history.lanes({ keys: [TUNNEL], lanes: ['health'], from: START, to: START + 1_000 });
    expect(track?.intervals).toHaveLength(400);
    // Still full: the next try fails and costs nothing.
    await pass(clock, RETRY_MS);
    recordNumbers(history, 400, 401);
    expect(history.status().mode).toBe('memory');
    free();
    await pass(clock, RETRY_MS);
    recordNumbers(history, 401, 500);
    expect(history.status()).toMatchObject({ mode: 'disk', problem: null, path, bytes: expect.any(Number) });
    expect(shownNumbers(history)).toEqual(range(0, 500));
    const events = history.events({ key: TUNNEL, accountId: null, before: null, limit: 1_000 });
    expect(events.map(({ detail }) => detail.n).reverse()).toEqual(range(0, 500));
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(500);
    history.close();
    expect(inspectFile(path)).toEqual({ numbers: range(0, 500), integrity: 'ok' });
  });

  it('starts on a full disk, leaves no litter, and begins the file later', async () => {
    const { folder } = smallDisk('1m');
    const path = join(folder, 'history.db');
    const free = fill(folder);
    const clock = clockAtStart();
    const history = open(path, clock);
    recordNumbers(history, 0, 20);
    for (let tries = 0; tries < 3; tries += 1) {
      await pass(clock, RETRY_MS);
      history.maintain(clock.now());
    }
    expect(history.status().mode).toBe('memory');
    expect(readdirSync(folder).filter((name) => name.includes('set-aside'))).toEqual([]);
    free();
    await pass(clock, RETRY_MS);
    history.maintain(clock.now());
    expect(history.status()).toMatchObject({ mode: 'disk', problem: null, path, bytes: expect.any(Number) });
    expect(shownNumbers(history)).toEqual(range(0, 20));
  });

  it('writes down what memory holds when it is closed just after the disk was freed', () => {
    const { folder } = smallDisk('2m');
    const path = join(folder, 'history.db');
    const history = open(path, clockAtStart());
    recordNumbers(history, 0, 10);
    const free = fill(folder);
    recordNumbers(history, 10, 200);
    expect(history.status().mode).toBe('memory');
    free();
    history.close();
    expect(inspectFile(path)).toEqual({ numbers: range(0, 200), integrity: 'ok' });
  });
});

describe.skipIf(process.platform === 'win32')('a limit on the size of files (ulimit -f; skipped on Windows)', () => {
  it('is survived like a full disk', async () => {
    const path = join(tempFolder(), 'history.db');
    const limited = runChild('store-reporter.ts', [path, '400'], () => [
      '/bin/bash',
      '-c',
      'trap "" XFSZ; ulimit -f 200; exec "$@"',
      'limited',
    ]);
    const report = JSON.parse(await limited.ended);
    expect(report).toMatchObject({ atStart: { mode: 'disk' }, atEnd: { mode: 'memory' }, shown: 400, seqs: 400 });
    const { numbers, integrity } = inspectFile(path);
    expect(integrity).toBe('ok');
    expect(numbers).toEqual(range(500, 500 + numbers.length));
  });
});
