/** Holds a history open and does nothing: `store-holder.ts FILE`. */
import { systemClock } from '../../../src/engine/clock.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';

const [path = ''] = process.argv.slice(2);
const opened = openHistory({ path, clock: systemClock(), retention: DEFAULT_RETENTION });
console.log(opened.ok ? 'held' : opened.error.sentence);
setInterval(() => {}, 60_000);
