/** `npm start` and `npm run demo`, after the build. */
import { join } from 'node:path';
import { openApp } from './open-app.ts';

process.exitCode = await openApp({
  root: join(import.meta.dirname, '..', '..'),
  args: process.argv.slice(2),
  env: process.env,
  platform: process.platform,
  uid: process.getuid?.(),
  downloadLimitMs: 20_000,
  startedAfterMs: 5_000,
  now: Date.now(),
  say: (sentence) => process.stderr.write(`${sentence}\n`),
});
