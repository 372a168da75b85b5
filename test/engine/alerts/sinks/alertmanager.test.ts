/** Debian's prometheus-alertmanager on loopback: what we send is read back from its own API. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AlertmanagerOptions, alertmanagerNotifier } from '../../../../src/engine/alerts/sinks/alertmanager.ts';
import { openText } from '../../../../src/engine/alerts/sinks/held-secret.ts';
import { type Clock, systemClock } from '../../../../src/engine/clock.ts';
import { listen, transport } from '../../cloudflare/loopback.ts';
import { HOSTILE, notice } from './notices.ts';
import { web } from './receivers.ts';

const PROGRAM = 'prometheus-alertmanager';
const TIME_LIMIT = 180_000;

function isInstalled(): boolean {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`skipped: tests with the real Alertmanager, because the program ${PROGRAM} is not installed`);
    return false;
  }
}

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly folder: string;
}

interface Told {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly status: { readonly state: string };
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
}

async function freePort(): Promise<number> {
  const { port, close } = await listen(createServer());
  await close();
  return port;
}

async function start(prefix: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-alertmanager-'));
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
  const port = await freePort();
  const child = spawn(
    PROGRAM,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.route-prefix=${prefix}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}${prefix}`;
  process.once('exit', () => child.kill('SIGKILL'));
  const ready = async (): Promise<void> => {
    if (!(await fetch(`${url}/-/ready`)).ok) throw new Error('not ready');
  };
  await vi.waitFor(ready, { timeout: TIME_LIMIT, interval: 100 });
  return { url, child, folder };
}

async function stop({ child, folder }: Running): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  rmSync(folder, { recursive: true, force: true });
}

async function told({ url }: Running, incident: string): Promise<Told[]> {
  const answer = await fetch(`${url}/api/v2/alerts?filter=${encodeURIComponent(`incident=~"${incident}-.*"`)}`);
  return (await answer.json()) as Told[];
}

const patience = (): AbortSignal => AbortSignal.timeout(90_000);

describe.skipIf(!isInstalled())('a real Alertmanager (skipped where prometheus-alertmanager is not installed)', () => {
  const running: Running[] = [];
  const options = (more: Partial<AlertmanagerOptions> = {}): AlertmanagerOptions => ({
    name: 'am',
    peers: running.map(({ url }) => openText(url)),
    login: { kind: 'none' },
    headers: [],
    labels: { team: 'noc' },
    repeatMs: 60_000,
    ...more,
  });
  const first = (): Running => {
    const [one] = running;
    if (one === undefined) throw new Error('not running');
    return one;
  };
  const recently = () => Date.now() - 600_000;

  beforeAll(async () => {
    running.push(...(await Promise.all([start(''), start('/am')])));
  }, TIME_LIMIT);
  afterAll(() => Promise.all(running.map(stop)));

  it(
    'has one active alert at each peer for an incident, however often and however bad it is told',
    async () => {
      const notifier = alertmanagerNotifier(options(), web());
      const since = recently();
      for (const [kind, severity] of [
        ['firing', 'warning'],
        ['worse', 'critical'],
        ['update', 'critical'],
        ['reminder', 'critical'],
      ] as const) {
        expect(await notifier.deliver(notice({ id: 'i-1', kind, severity, since }), kind, patience())).toEqual({
          ok: true,
          sentence: 'All 2 peers took it.',
        });
      }
      for (const peer of running) {
        const alerts = await told(peer, 'i-1');
        expect(alerts).toHaveLength(1);
        expect(alerts[0]).toMatchObject({
          status: { state: 'active' },
          labels: { alertname: 'TunnelwatchIncident', team: 'noc', account: 'ams-1', service: 'tunnelwatch' },
          annotations: { severity: 'critical', summary: 'Critical: ams-1 lost BGP' },
          generatorURL: 'https://noc.example/#/alerts/i-7',
        });
        const endsIn = Date.parse(alerts[0]?.endsAt ?? '') - Date.now();
        expect(endsIn).toBeGreaterThan(60_000);
        expect(endsIn).toBeLessThanOrEqual(180_000);
        expect(Date.parse(alerts[0]?.startsAt ?? '')).toBe(since);
      }
    },
    TIME_LIMIT,
  );

  it(
    'has it no more once it is resolved',
    async () => {
      const notifier = alertmanagerNotifier(options(), web());
      const since = Date.now() - 900_000;
      await notifier.deliver(notice({ id: 'i-2', since }), '1', patience());
      expect(await told(first(), 'i-2')).toHaveLength(1);
      await notifier.deliver(notice({ id: 'i-2', since, kind: 'resolved' }), '2', patience());
      // Ended alerts are not among those that its API lists.
      for (const peer of running) await expect.poll(() => told(peer, 'i-2')).toEqual([]);
    },
    TIME_LIMIT,
  );

  it(
    'forgets what is not told again, and not before three repeats',
    async () => {
      // A minute and a half ago by our clock, with repeats of a minute: it ends in a minute and a half.
      const past: Clock = { ...systemClock(), now: () => Date.now() - 90_000 };
      const longPast: Clock = { ...systemClock(), now: () => Date.now() - 200_000 };
      const at = (clock: Clock) => alertmanagerNotifier(options(), { ...web(), clock });
      await at(past).deliver(notice({ id: 'i-3', since: recently() }), '1', patience());
      await at(longPast).deliver(notice({ id: 'i-4', since: recently() }), '1', patience());
      expect(await told(first(), 'i-3')).toHaveLength(1);
      expect(await told(first(), 'i-4')).toHaveLength(0);
    },
    TIME_LIMIT,
  );

  it(
    'takes every name',
    async () => {
      const notifier = alertmanagerNotifier(options(), web());
      for (const [index, name] of HOSTILE.entries()) {
        const id = `i-${100 + index}`;
        expect(await notifier.deliver(notice({ id, name, since: recently() }), id, patience())).toMatchObject({
          ok: true,
        });
        expect(await told(first(), id)).toHaveLength(1);
      }
    },
    TIME_LIMIT,
  );

  it(
    'opens nothing for a test',
    async () => {
      const notifier = alertmanagerNotifier(options(), web());
      const sent = notice({ id: 'i-0', kind: 'test', since: recently() });
      expect(await notifier.deliver(sent, '1', patience())).toMatchObject({ ok: true });
      expect(await told(first(), 'i-0')).toEqual([]);
    },
    TIME_LIMIT,
  );

  it(
    'is enough when its twin is gone; none is not',
    async () => {
      const dead = openText(`http://127.0.0.1:${await freePort()}`);
      const half = alertmanagerNotifier(options({ peers: [openText(first().url), dead] }), web());
      const attempt = await half.deliver(notice({ id: 'i-5', since: recently() }), '1', patience());
      expect(attempt).toMatchObject({
        ok: true,
        sentence: expect.stringMatching(/^1 of 2 peers took it\. Cannot connect/),
      });
      expect(await told(first(), 'i-5')).toHaveLength(1);
      const none = alertmanagerNotifier(options({ peers: [dead, dead] }), { ...web(), transport: transport() });
      expect(await none.deliver(notice(), '2', patience())).toMatchObject({ ok: false, retry: true });
    },
    TIME_LIMIT,
  );

  it(
    'says what it does not like',
    async () => {
      const notifier = alertmanagerNotifier(options({ labels: { 'not-a-name': 'x' } }), web());
      const attempt = await notifier.deliver(notice({ id: 'i-6' }), '1', patience());
      expect(attempt).toMatchObject({
        ok: false,
        retry: false,
        sentence: expect.stringContaining('invalid label set'),
      });
    },
    TIME_LIMIT,
  );
});
