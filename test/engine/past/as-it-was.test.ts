import { describe, expect, it } from 'vitest';
import { createPastDesk } from '../../../src/engine/past/desk.ts';
import type { Incident } from '../../../src/shared/alerts.ts';
import { type BoardRow, LANES, type LaneValue, type StateChange } from '../../../src/shared/model.ts';
import { live, random } from './lived.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Seen {
  readonly at: number;
  readonly rows: readonly BoardRow[];
  readonly incidents: readonly Incident[];
}

/** A day of practice, looked at each twenty minutes or so. */
async function practised() {
  const lived = live('practice', 1);
  const next = random(7);
  const seen: Seen[] = [];
  for (let passed = 0; passed < 23 * HOUR; ) {
    const ms = Math.floor(next() * 40 * MINUTE);
    // Twice nobody looks for an hour.
    const asleep = seen.length === 20 || seen.length === 40;
    if (asleep) lived.engine.pause(null);
    await lived.go(asleep ? HOUR : ms);
    if (asleep) lived.engine.resume();
    if (asleep) await lived.go(3 * MINUTE);
    passed += ms;
    const { rows, alerts } = lived.engine.board();
    seen.push({ at: lived.clock.now(), rows, incidents: alerts.incidents.filter((one) => one.phase !== 'resolved') });
  }
  const { clock, engine, history, accounts } = lived;
  const desk = createPastDesk({
    clock,
    past: history.past,
    alerts: () => engine.alerts,
    rows: () => engine.board().rows,
    accounts,
  });
  return { seen, desk };
}

/** Changes laid over the board of one moment give the board of each later one. */
async function plays(seen: readonly Seen[], desk: ReturnType<typeof createPastDesk>): Promise<void> {
  const first = seen[3]?.at ?? 0;
  const last = seen.at(-3)?.at ?? 0;
  const start = await desk.past({ at: first });
  const board = new Map<string, LaneValue>();
  for (const row of start.rows) for (const lane of LANES) board.set(`${row.key} ${lane}`, row.lanes[lane].value);
  const played: StateChange[] = [];
  for (let from = first, complete = false; !complete; ) {
    const stretch = await desk.pastStretch({ from, to: last });
    expect(stretch.until).toBeGreaterThan(from);
    played.push(...stretch.changes);
    ({ until: from, complete } = stretch);
  }
  expect(played.length).toBeGreaterThan(20);
  const due = [...played];
  for (const { at } of seen.filter((one) => one.at > first && one.at <= last)) {
    while ((due[0]?.at ?? Number.POSITIVE_INFINITY) <= at) {
      const change = due.shift();
      if (change !== undefined) board.set(`${change.key} ${change.lane}`, change.to);
    }
    for (const row of (await desk.past({ at })).rows) {
      for (const lane of LANES) {
        const shown = board.get(`${row.key} ${lane}`);
        if (shown !== undefined) expect(shown, `${row.name} ${lane}`).toBe(row.lanes[lane].value);
      }
    }
  }
}

describe('the recorded past', () => {
  it('shows lanes, names and incidents as the board showed them, and plays from each moment to the next', {
    timeout: 300_000,
  }, async () => {
    const { seen, desk } = await practised();
    await plays(seen, desk);
    let compared = 0;
    let incidents = 0;
    let unobserved = 0;
    for (const { at, rows, incidents: open } of seen) {
      const past = await desk.past({ at });
      const byKey = new Map(past.rows.map((row) => [row.key, row]));
      expect([...byKey.keys()].sort(), new Date(at).toISOString()).toEqual(rows.map(({ key }) => key).sort());
      for (const row of rows) {
        const then = byKey.get(row.key);
        expect(then?.name).toBe(row.name);
        expect(then?.cloudflareEndpoint).toBe(row.cloudflareEndpoint);
        for (const lane of LANES) {
          const [was, shown] = [row.lanes[lane], then?.lanes[lane]];
          // Where we did not look the live board shows the last word and its age, the past a gap.
          if (shown?.value === 'unobserved') {
            unobserved += 1;
            continue;
          }
          // Results about the newest minutes came later, and the past knows them.
          if (shown !== undefined && shown.since > at - 6 * MINUTE) continue;
          expect({ at, lane, value: shown?.value }, `${row.name} ${lane}`).toEqual({ at, lane, value: was.value });
          // The age of a key is told from its making; the record knows when it was seen.
          if (lane !== 'psk' && was.since < at - 6 * MINUTE)
            expect(shown?.since, `${row.name} ${lane}`).toBe(was.since);
          compared += 1;
        }
      }
      for (const incident of open) {
        if (incident.changedAt > at - MINUTE) continue;
        const then = past.incidents.find(({ id }) => id === incident.id);
        const { phase, openedAt, severity, acknowledgement } = incident;
        expect(then, incident.id).toMatchObject({ phase, openedAt, severity, acknowledgement });
        expect(then?.resolvedAt).toBeNull();
        incidents += 1;
      }
    }
    expect(compared).toBeGreaterThan(1_000);
    expect(incidents).toBeGreaterThan(20);
    expect(unobserved).toBeLessThan(compared / 20);
  });
});
