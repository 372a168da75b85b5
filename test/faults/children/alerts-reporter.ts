/** Opens incidents under whatever limits its parent set and prints what became of them: `alerts-reporter.ts FILE COUNT`. */
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { DAY, membersOf, opening } from '../../engine/alerts/store/made.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const opened = openAlertStore({ path, clock: systemClock(), retentionMs: 90 * DAY });
if (!opened.ok) throw new Error(opened.error.sentence);
const store = opened.value;
store.load();
const atStart = store.status();
for (let n = 1; n <= Number(count); n += 1) store.record(opening(n), membersOf(n));
const shown = store.incidents(null, 10_000).length;
const waiting = store.load().outbox.length;
console.log(JSON.stringify({ atStart, atEnd: store.status(), shown, waiting }));
