/**
 * Writes numbered batches as fast as it can until it is killed: `store-writer.ts FILE FIRST`. A number is printed, by a
 * write that has reached the pipe when it returns, only after `record` returned.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { systemClock } from '../../../src/engine/clock.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { numbered } from './store-batches.ts';

const [path = '', first = '0'] = process.argv.slice(2);
const clock = systemClock();
const opened = openHistory({ path, clock, retention: DEFAULT_RETENTION });
if (!opened.ok) throw new Error(opened.error.sentence);
// What is killed never comes to keep by itself what it compiled.
if (first === '0') flushCompileCache();
for (let n = Number(first); ; n += 1) {
  opened.value.record(numbered(n));
  if (opened.value.status().mode !== 'disk') throw new Error(opened.value.status().problem ?? 'not on disk');
  writeSync(1, `${n}\n`);
  if (n % 50 === 0) opened.value.maintain(clock.now());
}
