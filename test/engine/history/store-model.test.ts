/**
 * The store against the naive model: any changes and gaps, recorded under a clock that jumps, in one to three batches,
 * with maintenance in between, must read like an array with a cell for each minute.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../src/engine/history/contract.ts';
import { type Span, type Step, touching } from '../../../src/engine/history/intervals.ts';
import { createReader } from '../../../src/engine/history/reads.ts';
import { memoryStore, type Store } from '../../../src/engine/history/store.ts';
import { transfer } from '../../../src/engine/history/transfer.ts';
import { numbersOf } from '../../../src/engine/history/writer.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Instant } from '../../../src/shared/model.ts';
import { ACME, DAY, EMPTY, HOUR, lane, MINUTE, maintainAll, open, pass, T1 } from './harness.ts';
import { cellsOf, count, END, gapsArbitrary, NOW, readCells, stepsArbitrary, withGaps } from './model.ts';

/** A cell of the model is a quarter of an hour here, so that rollups have something to do. */
const CELL = 15 * MINUTE;
const ORIGIN: Instant = Date.UTC(2026, 10, 3);
const at = (cell: number): Instant => ORIGIN + cell * CELL;

const scenario = fc.record({
  rounds: fc.array(fc.record({ steps: stepsArbitrary, gaps: gapsArbitrary }), { minLength: 1, maxLength: 3 }),
  maintainBetween: fc.boolean(),
  from: fc.nat(END - 2),
  length: fc.integer({ min: 1, max: END }),
});

type Recorder = Pick<History, 'record'>;

function record(history: Recorder, steps: readonly Step[], gaps: readonly Span[]): void {
  const identity = (goneAt: Instant | null): void => {
    history.record({ ...EMPTY, identities: [{ key: T1, name: 't1', goneAt }] });
  };
  for (const { at: cell, value } of steps) {
    identity(null);
    if (value === null) identity(at(cell));
    else history.record({ ...EMPTY, changes: [{ at: at(cell), key: T1, lane: 'health', from: null, to: value }] });
  }
  const spans = gaps.map(({ from, to }) => ({ from: at(from), to: to === null ? null : at(to) }));
  history.record({ ...EMPTY, gaps: spans.map((span) => ({ accountId: ACME, source: 'health', ...span })) });
}

/** Gaps are known by their start: a later one with the same start replaces the earlier. */
function latest(gaps: readonly Span[]): Span[] {
  return [...new Map(gaps.map((gap) => [gap.from, gap])).values()];
}

describe('the store against a cell for each quarter of an hour', () => {
  it('reads the same lanes, the same availability and the same rollups', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ rounds, maintainBetween, from, length }) => {
        const clock = virtualClock(at(NOW));
        const history = open(null, clock);
        for (const { steps, gaps } of rounds) {
          record(history, steps, gaps);
          if (maintainBetween) maintainAll(history, clock.now());
        }
        await pass(clock, (END - NOW) * CELL);
        const gaps = latest(rounds.flatMap((round) => round.gaps));
        const cells = withGaps(cellsOf(rounds.flatMap(({ steps }) => steps)), gaps);

        const whole = lane(history, ORIGIN - DAY, clock.now() + DAY);
        const scaled = whole.map((interval) => ({
          value: interval.value,
          from: (interval.from - ORIGIN) / CELL,
          to: interval.to === null ? null : (interval.to - ORIGIN) / CELL,
        }));
        expect(readCells(scaled)).toEqual(cells);
        // A part of the range shows exactly those intervals of the whole that touch it.
        const to = Math.min(END, from + length);
        expect(lane(history, at(from), at(to))).toEqual(touching(whole, at(from), at(to)));

        const counted = count(cells, 0, END);
        const [day] = history.availability(T1, at(END));
        expect(day?.upMs).toBe((counted.get('healthy') ?? 0) * CELL);
        expect(day?.downMs).toBe((counted.get('down') ?? 0) * CELL);

        maintainAll(history, at(END));
        const rows = history.rollups(T1, 'health', 'hour', ORIGIN, at(END)).filter(({ ms }) => ms > 0);
        for (let hour = 0; hour < (END * CELL) / HOUR; hour += 1) {
          const here = rows.filter(({ start }) => start === ORIGIN + hour * HOUR);
          const cellsHere = [...count(cells, hour * 4, hour * 4 + 4)].map(([value, ms]) => [value, ms * CELL] as const);
          expect(new Map(here.map(({ value, ms }) => [value, ms]))).toEqual(new Map(cellsHere));
        }
        history.close();
      }),
      { numRuns: 150 },
    );
  });

  it('reads the same from a file that failed half way and the memory that took over, and after the move to disk', () => {
    fc.assert(
      fc.property(scenario, ({ rounds, from, length }) => {
        const [file, memory] = [memoryStore(), memoryStore()];
        const now = at(END);
        let next = 1;
        rounds.forEach(({ steps, gaps }, index) => {
          const store = index === 0 ? file : memory;
          const recorder: Recorder = {
            record(batch) {
              store.write(batch, next, now);
              next += numbersOf(batch);
              return [];
            },
          };
          record(recorder, steps, gaps);
        });
        const read = (sources: readonly Store[]): unknown => {
          const reader = createReader(
            () => sources,
            () => now,
          );
          const query = { keys: [T1], lanes: ['health'] as const };
          const lanes = reader.lanes({ ...query, from: at(from), to: at(from + length) });
          return {
            cells: lanes[0]?.intervals.map(({ from: start, to, value }) => [Math.max(start, at(from)), to, value]),
            changes: reader.changes(T1, 0, 100),
            availability: reader.availability(T1, now),
          };
        };
        const before = read([file, memory]);
        const cells = withGaps(
          cellsOf(rounds.flatMap(({ steps }) => steps)),
          latest(rounds.flatMap((round) => round.gaps)),
        );
        const up = (count(cells, 0, END).get('healthy') ?? 0) * CELL;
        expect(before).toMatchObject({ availability: [{ upMs: up }, {}, {}] });
        transfer(memory, file, 0);
        expect(read([file])).toEqual(before);
        file.close();
        memory.close();
      }),
      { numRuns: 100 },
    );
  });
});
