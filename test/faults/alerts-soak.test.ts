/**
 * Fault matrix row 27, with alerting: the practice world as it goes on from now, for a week of its time. Something happens in
 * it each few minutes; heap, timers, open files, open alerts and the files on disk must be at the end what they were early on.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { createAlerting } from '../../src/engine/alerts/alerting.ts';
import type { Notifier } from '../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../src/engine/alerts/store/open-store.ts';
import type { Clock } from '../../src/engine/clock.ts';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import type { CloudflareReader } from '../../src/engine/cloudflare/contract.ts';
import { memoryCredential } from '../../src/engine/credentials/source.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { openHistory } from '../../src/engine/history/open-history.ts';
import { alertConfig } from '../../src/engine/settings/alert-config.ts';
import { parseSettings } from '../../src/engine/settings/load.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { lazyHistory } from '../../src/practice/lazy-history.ts';
import { PRACTICE_POLICY } from '../../src/practice/replay.ts';
import { NOTICE_KINDS } from '../../src/shared/notices.ts';
import type { Result } from '../../src/shared/result.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { breath, settled } from '../scenarios/stage/settle.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-11-21T10:00:00Z');
const NOTHING = {
  ok: false,
  error: { kind: 'aborted', sentence: '', status: null, code: null, retryAfterMs: null, permission: null, cfRay: null },
  meta: { requests: 0, rate: null, cfRay: null, bytes: 0 },
} as const;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A clock that knows how many timers are armed. */
function counted(inner: Clock): Clock & { readonly armed: () => number } {
  const armed = new Set<object>();
  return {
    now: () => inner.now(),
    monotonic: () => inner.monotonic(),
    armed: () => armed.size,
    after(delay, task) {
      const one = {};
      armed.add(one);
      const cancel = inner.after(Math.ceil(delay), () => {
        if (armed.delete(one)) task();
      });
      return () => {
        armed.delete(one);
        cancel();
      };
    },
  };
}

interface Look {
  readonly heapMb: number;
  readonly timers: number;
  readonly files: number;
  readonly openIncidents: number;
  readonly firing: number;
  readonly diskMb: number;
  readonly told: number;
}

it('a week of trouble each few minutes leaves heap, timers, alerts and files as they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-soak-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const time = virtualClock(START);
  const clock = counted(time);
  const simulator = createSimulator({ scenario: 'practice', seed: 1, clock, origin: START });
  const transport = simulator.transport();
  const history = must(
    openHistory({ path: join(folder, 'history.db'), clock, retention: { changesMs: DAY, rollupsMs: DAY } }),
  );
  let told = 0;
  const notifier: Notifier = {
    name: 'desk',
    type: 'command',
    target: 'nobody',
    kinds: NOTICE_KINDS,
    deliver: async () => {
      told += 1;
      return { ok: true, sentence: 'taken' };
    },
  };
  const settings = must(
    parseSettings(
      JSON.stringify({
        accounts: [],
        alerts: {
          zone: 'UTC',
          sinks: [{ name: 'desk', type: 'command', command: ['true'] }],
          routes: [{ to: ['desk'] }],
        },
      }),
      'soak.yaml',
    ),
  );
  const bugs: unknown[] = [];
  const onBug = (doing: string, error: unknown): void => void bugs.push(doing, error);
  const engine = createEngine({
    accounts: simulator.accounts.map(({ id, name, readToken }) => {
      const credentials = memoryCredential(readToken);
      const apiBase = 'http://127.0.0.1/client/v4';
      const client = createCloudflareClient({ apiBase, credentials, transport, userAgent: 'tunnelwatch/soak', clock });
      // Reading closely each 10 s would be nine tenths of the work.
      const reader: CloudflareReader = { ...client, getTunnel: async () => NOTHING };
      const { budgetKey } = credentials;
      return { id, name, client: reader, budgetKey, intervalMs: 180_000, healthIntervalMs: 300_000 };
    }),
    clock,
    history: lazyHistory(history),
    policy: PRACTICE_POLICY,
    version: 'soak',
    practice: true,
    random: () => 0.5,
    onBug,
    alerting: createAlerting({
      config: alertConfig(settings),
      store: must(openAlertStore({ path: join(folder, 'alerts.db'), clock, retentionMs: DAY })),
      notifiers: [notifier],
      clock,
      random: () => 0.5,
      onBug,
    }),
  });
  engine.start();

  const look = (): Look => {
    collect();
    const view = engine.alerts?.view();
    if (view === undefined) throw new Error('nothing is alerted on');
    const open = view.incidents.filter(({ phase }) => phase !== 'resolved');
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    return {
      heapMb: process.memoryUsage().heapUsed / 1_048_576,
      timers: clock.armed(),
      files: readdirSync('/proc/self/fd').length,
      openIncidents: open.length,
      firing: open.filter(({ phase }) => phase === 'firing').length,
      diskMb: sizes.reduce((sum, size) => sum + size, 0) / 1_048_576,
      told,
    };
  };
  const days: Look[] = [];
  for (let day = 0; day < 7; day++) {
    const hourly: Look[] = [];
    for (let hour = 0; hour < 24; hour++) {
      await breath();
      await time.advance(HOUR, settled);
      if (hour % 6 === 5) hourly.push(look());
    }
    // The most of four looks: what was open at one moment is chance.
    const most = (of: keyof Look): number => Math.max(...hourly.map((one) => one[of]));
    days.push({
      heapMb: Math.min(...hourly.map(({ heapMb }) => heapMb)),
      timers: most('timers'),
      files: most('files'),
      openIncidents: most('openIncidents'),
      firing: most('firing'),
      diskMb: most('diskMb'),
      told: most('told'),
    });
  }
  await engine.stop();
  await transport.close();
  console.table(days);

  const [second, last] = [days[1], days[6]];
  if (second === undefined || last === undefined) throw new Error('no days');
  expect(bugs).toEqual([]);
  expect(last.told - (days[5]?.told ?? 0)).toBeGreaterThan(50);
  // Half a megabyte a day is the simulator's: it keeps the texts of its last 20,000 minutes.
  expect(last.heapMb).toBeLessThan(second.heapMb * 1.1);
  expect(last.diskMb).toBeLessThan(second.diskMb * 1.1);
  expect(last.timers).toBeLessThanOrEqual(second.timers + 2);
  expect(last.files).toBeLessThanOrEqual(second.files);
  expect(last.openIncidents).toBeLessThanOrEqual(second.openIncidents + 3);
}, 900_000);
