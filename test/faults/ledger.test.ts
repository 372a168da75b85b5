/** Fault matrix rows 14 to 17 for ledger.db: killed, full, read-only, damaged. Nothing that was acknowledged is lost. */
import { chmodSync, closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../src/engine/clock.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { openSqlite, text } from '../../src/engine/history/sqlite.ts';
import type { Ledger } from '../../src/engine/ledger/contract.ts';
import { openLedger } from '../../src/engine/ledger/open-ledger.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { DONE, entry, rotation, START, waiver } from '../engine/ledger/made.ts';
import { canMount, pass, RETRY_MS, runChild, smallDisk, tempFolder } from './store-bed.ts';

function open(path: string, clock: Clock): Ledger {
  const opened = openLedger({ path, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

describe('kill -9 while writing the ledger', () => {
  it('loses no entry that was begun, no waiver and no rotation, 10 times', async () => {
    const path = join(tempFolder(), 'ledger.db');
    let known = 0;
    for (let kills = 1; kills <= 10; kills += 1) {
      const child = runChild('ledger-writer.ts', [path]);
      await child.printed('\n');
      await new Promise((settle) => setTimeout(settle, kills * 5));
      child.kill();
      const output = await child.ended;
      const ids = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number);
      const db = openSqlite(path, { busyMs: 2_000, readOnly: false });
      expect(text(db.prepare('PRAGMA integrity_check').row() ?? [], 0)).toBe('ok');
      db.close();
      const ledger = open(path, systemClock());
      expect(ledger.status()).toMatchObject({ mode: 'disk', problem: null });
      const log = new Map(ledger.audit(null, 100_000).map((found) => [found.id, found]));
      for (const id of ids) expect(log.has(id), `entry ${id}`).toBe(true);
      // All but the last were settled as well.
      for (const id of ids.slice(0, -1)) expect(log.get(id)).toMatchObject(DONE);
      expect(ledger.waivers().length).toBeGreaterThanOrEqual(ids.length);
      expect(ledger.rotations(0).length).toBeGreaterThanOrEqual(ids.length);
      expect(Math.min(...ids)).toBeGreaterThan(known);
      known = Math.max(...log.keys());
      ledger.close();
    }
  });
});

describe.skipIf(!canMount())('a full disk (a tmpfs; skipped where we may not mount one)', () => {
  it('is survived in memory, said, and healed', async () => {
    const { folder } = smallDisk('4m');
    const path = join(folder, 'ledger.db');
    const clock = virtualClock(START);
    const ledger = open(path, clock);
    const first = ledger.begin(entry(1));
    const ballast = join(folder, 'ballast');
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(512), { flag: 'a' });
    } catch {
      // ENOSPC.
    }
    for (let n = 2; n <= 300; n += 1) ledger.begin(entry(n, { sentence: 'x'.repeat(1_000) }));
    ledger.settle(first, DONE);
    ledger.waive(waiver(1));
    expect(ledger.status().mode).toBe('memory');
    expect(ledger.status().problem).toContain('the disk is full; it is kept in memory');
    expect(ledger.status().problem).toContain('Until then nothing can be changed');
    expect(ledger.audit(null, 1_000)).toHaveLength(300);
    expect(ledger.audit(first + 1, 1)).toMatchObject([{ id: first, state: 'done' }]);
    writeFileSync(ballast, '');
    await pass(clock, RETRY_MS);
    // Asking is enough: whoever wants to change something asks before he writes.
    expect(ledger.status()).toMatchObject({ mode: 'disk', problem: null, path });
    ledger.close();
    const again = open(path, clock);
    expect(again.audit(null, 1_000)).toHaveLength(300);
    expect(again.audit(first + 1, 1)).toMatchObject([{ id: first, state: 'done' }]);
    expect(again.waivers()).toEqual([waiver(1)]);
  });
});

describe.skipIf(process.platform === 'win32')('a folder without the right to write (skipped on Windows)', () => {
  /** Root may write anywhere, so the child gives it up; as an ordinary user the folder's mode is enough. */
  const guest = process.getuid?.() === 0 ? ['65534'] : [];

  it('keeps the ledger readable, goes on in memory and says so', async () => {
    const folder = tempFolder();
    const path = join(folder, 'ledger.db');
    const ledger = open(path, systemClock());
    ledger.waive(waiver(1));
    const id = ledger.begin(entry(1, { at: Date.now() }));
    ledger.close();
    chmodSync(folder, 0o555);
    const report = JSON.parse(await runChild('ledger-reporter.ts', [path, ...guest]).ended);
    chmodSync(folder, 0o755);
    expect(report).toMatchObject({ status: { mode: 'memory', path }, before: 1, waivers: 2, id: id + 1 });
    expect(report.ids).toEqual([id + 1, id]);
    expect(report.status.problem).toContain('this user may not write there');
  });
});

describe('a ledger that is damaged', () => {
  it('is set aside at the next start, with a sentence', () => {
    const folder = tempFolder();
    const path = join(folder, 'ledger.db');
    const ledger = open(path, virtualClock(START));
    for (let n = 1; n <= 200; n += 1) ledger.saveRotation(rotation(n));
    ledger.close();
    const file = openSync(path, 'r+');
    const size = statSync(path).size;
    for (let at = 4_096; at < size; at += 4_096) writeSync(file, Buffer.alloc(1_000, 0x5a), 0, 1_000, at);
    closeSync(file);
    const next = open(path, virtualClock(START));
    expect(next.status()).toMatchObject({ mode: 'disk' });
    expect(next.status().problem).toContain('was damaged; it was moved to');
    expect(readdirSync(folder).some((name) => name.includes('set-aside'))).toBe(true);
    next.waive(waiver(1));
    expect(next.waivers()).toEqual([waiver(1)]);
  });
});
