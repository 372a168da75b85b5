/**
 * Opens incidents, ends them, and gets the notices out over real HTTP, until it is killed: `alerts-teller.ts FILE URL`.
 * After each incident its number is printed, by a write that has reached the pipe when it returns.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createOutbox } from '../../../src/engine/alerts/deliver/outbox.ts';
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { alert, DAY, membersOf, NOTHING, opening, planned, resolved, START } from '../../engine/alerts/store/made.ts';
import { httpNotifier } from './alerts-notifier.ts';

const [path = '', url = ''] = process.argv.slice(2);
const clock = systemClock();
const opened = openAlertStore({ path, clock, retentionMs: 90 * DAY });
if (!opened.ok) throw new Error(opened.error.sentence);
const store = opened.value;
const saved = store.load();
const outbox = createOutbox({
  notifiers: [httpNotifier('hook', url)],
  store,
  clock,
  random: Math.random,
  onBug: (doing, error) => {
    throw new Error(doing, { cause: error });
  },
});
outbox.add(saved.outbox);

// What is killed never comes to keep by itself what it compiled.
if (saved.nextIncident === 1) flushCompileCache();
for (let n = saved.nextIncident; ; n += 1) {
  outbox.add(store.record(opening(n), membersOf(n)));
  writeSync(1, `${n}\n`);
  if (n > 1) {
    const at = START + n;
    const over = alert(n - 1, { phase: 'resolved', resolvedAt: at });
    const end = [planned(n - 1, 'resolved')];
    outbox.add(store.record({ ...NOTHING, alerts: [over], incidents: [resolved(n - 1, at)], planned: end }, {}));
  }
  if (store.status().mode !== 'disk') throw new Error(store.status().problem ?? 'not on disk');
  // Gives way, so that answers are read; no faster than a receiver can follow.
  await new Promise((go) => setTimeout(go, 2));
}
