/**
 * Records numbered batches under whatever limits its parent set and prints what became of them:
 * `store-reporter.ts FILE COUNT [UID]`. With UID it gives up root first.
 */
import { systemClock } from '../../../src/engine/clock.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { numbered, START, TUNNEL } from './store-batches.ts';

const [path = '', count = '0', uid] = process.argv.slice(2);
if (uid !== undefined) process.setuid?.(Number(uid));
const opened = openHistory({ path, clock: systemClock(), retention: DEFAULT_RETENTION });
if (!opened.ok) throw new Error(opened.error.sentence);
const history = opened.value;
const atStart = history.status();
const before = history.changes(TUNNEL, 0, 1_000).length;
const seqs: number[] = [];
for (let n = 0; n < Number(count); n += 1) {
  seqs.push(...history.record(numbered(n + 500)).map(({ seq }) => seq));
}
const shown = history.changes(TUNNEL, START + 500, 1_000).length;
console.log(JSON.stringify({ atStart, atEnd: history.status(), before, shown, seqs: new Set(seqs).size }));
