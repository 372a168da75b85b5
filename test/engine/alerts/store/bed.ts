/** Alerts, incidents and notices with a number, and a store on a real file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AlertStore } from '../../../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../../../src/engine/alerts/store/open-store.ts';
import type { Clock } from '../../../../src/engine/clock.ts';
import { DAY } from './made.ts';

export * from './made.ts';

/** A folder that goes with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-alerts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a store that closes with the test; a refusal is thrown. */
export function open(path: string | null, clock: Clock, retentionMs = 90 * DAY): AlertStore {
  const opened = openAlertStore({ path, clock, retentionMs });
  if (!opened.ok) throw new Error(opened.error.sentence);
  onTestFinished(() => opened.value.close());
  return opened.value;
}
