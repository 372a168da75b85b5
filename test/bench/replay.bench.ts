/** How fast practice mode makes its past: days per second for 100 tunnels, history on disk included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { replay } from '../../src/practice/replay.ts';

const DAYS = 2;
const TUNNELS = 100;

async function measure(days: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tw-bench-replay-'));
  const now = Date.parse('2026-11-21T10:00:00Z');
  const begun = performance.now();
  try {
    await replay({
      world: { scenario: 'practice', seed: 1, tunnels: TUNNELS },
      origin: now,
      from: now - days * 86_400_000,
      to: () => now,
      openHistory(clock) {
        const opened = openHistory({ path: join(folder, 'history.db'), clock, retention: DEFAULT_RETENTION });
        if (!opened.ok) throw new Error(opened.error.sentence);
        return opened.value;
      },
      version: 'bench',
      random: () => 0.5,
      onProgress: () => undefined,
      signal: null,
    });
    return days / ((performance.now() - begun) / 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export default {
  name: 'replay',
  async run(): Promise<Record<string, number>> {
    await measure(0.1);
    return { 'replay.days.perSecond': await measure(DAYS) };
  },
};
