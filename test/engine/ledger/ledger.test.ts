/** What people did and decided outlives the process, and a disk that fails. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite, text } from '../../../src/engine/history/sqlite.ts';
import type { Ledger } from '../../../src/engine/ledger/contract.ts';
import { memoryLedger, openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import { DAY, DONE, entry, key, rotation, START, waiver } from './made.ts';

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(path: string | null, clock: VirtualClock): Ledger {
  const opened = openLedger({ path, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

const pass = (clock: VirtualClock, ms: number): Promise<void> => clock.advance(ms, async () => {});

/** On a file, opened again after each step; in memory, the same object. */
const places = [
  {
    name: 'a file',
    make() {
      const path = join(tempFolder(), 'ledger.db');
      let ledger: Ledger | null = null;
      return (clock: VirtualClock): Ledger => {
        ledger?.close();
        ledger = open(path, clock);
        return ledger;
      };
    },
  },
  {
    name: 'memory',
    make() {
      let ledger: Ledger | null = null;
      return (clock: VirtualClock): Ledger => {
        ledger ??= memoryLedger(clock);
        return ledger;
      };
    },
  },
];

describe.each(places)('a ledger in $name', ({ make }) => {
  const clock = (): VirtualClock => virtualClock(START);

  it('keeps the newest waiver of each rule and tunnel, ended ones included', () => {
    const [again, time] = [make(), clock()];
    again(time).waive(waiver(1));
    again(time).waive(waiver(2));
    again(time).waive(waiver(1, { reason: 'better', until: START + 2 * DAY }));
    expect(again(time).unwaive('health-check-disabled', key(2), 'ben', START + 5)).toBe(true);
    expect(again(time).unwaive('health-check-disabled', key(2), 'ben', START + 6)).toBe(false);
    expect(again(time).unwaive('health-check-disabled', key(3), 'ben', START)).toBe(false);
    expect(again(time).waivers()).toEqual([
      waiver(1, { reason: 'better', until: START + 2 * DAY }),
      waiver(2, { until: START + 5 }),
    ]);
  });

  it('numbers the entries of the audit log, settles them and pages through them', () => {
    const [again, time] = [make(), clock()];
    const ids = [1, 2, 3, 4, 5].map((n) => again(time).begin(entry(n)));
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    again(time).settle(ids[1] ?? 0, DONE);
    again(time).settle(99_999_999, DONE);
    const log = again(time).audit(null, 10);
    expect(log.map(({ at }) => at - START)).toEqual([5, 4, 3, 2, 1]);
    expect(log[3]).toEqual({ ...entry(2), ...DONE, id: ids[1] });
    const page = again(time).audit(log[1]?.id ?? 0, 2);
    expect(page.map(({ at }) => at - START)).toEqual([3, 2]);
  });

  it('keeps rotations, and of what their objects carry only what is theirs', () => {
    const [again, time] = [make(), clock()];
    again(time).saveRotation(rotation(1));
    again(time).saveRotation({ ...rotation(2), psk: 'secret' } as never);
    again(time).saveRotation(rotation(1, { step: 'finished', endedAt: START + 50, outcome: 'rotated' }));
    expect(again(time).rotations(START + 51)).toEqual([rotation(2)]);
    expect(again(time).rotations(START + 50)).toEqual([
      rotation(2),
      rotation(1, { step: 'finished', endedAt: START + 50, outcome: 'rotated' }),
    ]);
  });

  it('remembers since when findings stand', () => {
    const [again, time] = [make(), clock()];
    const seen = (n: number) => ({ rule: 'a', key: key(n), since: START + n });
    again(time).sighted([seen(1), seen(2)], []);
    again(time).sighted([seen(3)], [seen(1)]);
    expect(again(time).sightings()).toEqual([seen(2), seen(3)]);
  });
});

describe('a ledger over the years', () => {
  it('forgets entries and ended rotations after three, and not because a clock leaps', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const clock = virtualClock(START);
    const ledger = open(path, clock);
    ledger.begin(entry(0));
    ledger.saveRotation(rotation(1, { endedAt: START, outcome: 'abandoned' }));
    ledger.saveRotation(rotation(2));
    clock.jumpWall(1_200 * DAY);
    ledger.begin(entry(0, { at: clock.now() }));
    expect(ledger.audit(null, 10)).toHaveLength(2);
    await pass(clock, 3_700_000);
    ledger.begin(entry(0, { at: clock.now() }));
    expect(ledger.audit(null, 10)).toHaveLength(2);
    expect(ledger.rotations(0)).toEqual([rotation(2)]);
  });
});

describe('the file of a ledger', () => {
  it('is moved aside when it is damaged, and what is no ledger as well', () => {
    const folder = tempFolder();
    const path = join(folder, 'ledger.db');
    writeFileSync(path, 'x'.repeat(9_000));
    const ledger = open(path, virtualClock(START));
    expect(ledger.status()).toMatchObject({ mode: 'disk' });
    expect(ledger.status().problem).toContain('was not a Tunnelwatch ledger; it was moved to');
    expect(readdirSync(folder).some((name) => name.includes('set-aside'))).toBe(true);
    ledger.waive(waiver(1));
    expect(ledger.waivers()).toHaveLength(1);
  });

  it('is refused untouched when a newer Tunnelwatch wrote it, and when another has it', () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = open(path, virtualClock(START));
    const second = openLedger({ path, clock: virtualClock(START) });
    expect(second.ok ? '' : second.error.sentence).toContain(`in use by another Tunnelwatch (process ${process.pid})`);
    ledger.close();
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec('PRAGMA user_version = 99');
    db.close();
    const newer = openLedger({ path, clock: virtualClock(START) });
    expect(newer.ok ? '' : newer.error.sentence).toContain('was written by a newer Tunnelwatch');
  });

  it('leaves out a row that cannot be read, and says so', () => {
    const path = join(tempFolder(), 'ledger.db');
    const first = open(path, virtualClock(START));
    first.begin(entry(1));
    first.begin(entry(2));
    first.close();
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec("UPDATE audit SET body = '{' WHERE id = 1");
    expect(text(db.prepare('PRAGMA journal_mode').row() ?? [], 0)).toBe('wal');
    db.close();
    const ledger = open(path, virtualClock(START));
    expect(ledger.audit(null, 10).map(({ id }) => id)).toEqual([2]);
    expect(ledger.status().problem).toContain('1 record of');
  });
});
