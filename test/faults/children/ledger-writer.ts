/**
 * Begins and settles entries of a ledger until it is killed: `ledger-writer.ts FILE`. A number is printed, by a write that
 * has reached the pipe when it returns, only after `begin` returned.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/engine/clock.ts';
import { openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { DONE, entry, rotation, waiver } from '../../engine/ledger/made.ts';

const [path = ''] = process.argv.slice(2);
const opened = openLedger({ path, clock: systemClock() });
if (!opened.ok) throw new Error(opened.error.sentence);
const ledger = opened.value;
for (let n = 1; ; n += 1) {
  // Kept for three years by the wall clock, so the entries are of now.
  const id = ledger.begin(entry(n, { at: Date.now() }));
  ledger.waive(waiver(n));
  ledger.saveRotation(rotation(n));
  if (ledger.status().mode !== 'disk') throw new Error(ledger.status().problem ?? 'not on disk');
  writeSync(1, `${id}\n`);
  ledger.settle(id, DONE);
}
