/** `npm start` of another checkout, with other limits: its folder and the limits come from the environment. */
import { openApp } from '../../../src/headless/open-app.ts';

const { ROOT = '', LIMIT_MS, STARTED_MS, STAND_UID, NOW_MS, ...env } = process.env;
process.exitCode = await openApp({
  root: ROOT,
  args: process.argv.slice(2),
  env,
  platform: 'linux',
  uid: Number(STAND_UID ?? 1000),
  downloadLimitMs: Number(LIMIT_MS ?? 60_000),
  startedAfterMs: Number(STARTED_MS ?? 60_000),
  now: Number(NOW_MS ?? Date.now()),
  say: (sentence) => process.stderr.write(`${sentence}\n`),
});
