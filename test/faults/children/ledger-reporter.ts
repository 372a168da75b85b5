/** Writes a ledger under whatever limits its parent set and prints what became of it: `ledger-reporter.ts FILE [UID]`. */
import { systemClock } from '../../../src/engine/clock.ts';
import { openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { entry, waiver } from '../../engine/ledger/made.ts';

const [path = '', uid = ''] = process.argv.slice(2);
if (uid !== '') process.setuid?.(Number(uid));
const opened = openLedger({ path, clock: systemClock() });
if (!opened.ok) throw new Error(opened.error.sentence);
const ledger = opened.value;
const before = ledger.waivers().length;
const status = ledger.status();
ledger.waive(waiver(100));
const id = ledger.begin(entry(1, { at: Date.now() }));
const ids = ledger.audit(null, 10).map((found) => found.id);
console.log(JSON.stringify({ status, before, waivers: ledger.waivers().length, id, ids }));
