/** What people do and ask, through the bridge of a host, over the real engine and the simulator. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAlerting } from '../../../src/engine/alerts/alerting.ts';
import type { Notice, Notifier } from '../../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import { type BridgeHost, createBridgeHost } from '../../../src/engine/bridge/host.ts';
import { createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import { memoryCredential } from '../../../src/engine/credentials/source.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { alertConfig } from '../../../src/engine/settings/alert-config.ts';
import { settingsSchema } from '../../../src/engine/settings/schema.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Incident } from '../../../src/shared/alerts.ts';
import type { CallName, Calls, HostMessage } from '../../../src/shared/bridge.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import { POLICY, T0 } from '../../fixtures/tunnels.ts';
import { historyAt } from '../../harness/engine-over.ts';

const MINUTE = 60_000;
const settle = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

let clock: VirtualClock;
let host: BridgeHost;
let told: Notice[];
let messages: HostMessage[];
const bugs: unknown[] = [];

async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(ms, settle);
}
async function call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Calls[N]['reply']> {
  const answer = await host.call(name, args);
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value as Calls[N]['reply'];
}
const open = (): readonly Incident[] => host.board().alerts.incidents.filter(({ phase }) => phase !== 'resolved');
const outage = (): Incident => {
  const found = open().find(({ cause }) => cause.kind === 'cloudflare-endpoint');
  if (found === undefined) throw new Error('no outage is told');
  return found;
};

beforeEach(async () => {
  clock = virtualClock(T0);
  told = [];
  messages = [];
  bugs.length = 0;
  const onBug = (_doing: string, error: unknown): unknown => bugs.push(error);
  const simulator = createSimulator({
    scenario: 'endpoint-outage',
    clock,
    origin: T0 + 9 * MINUTE,
    seed: 3,
    tunnels: 20,
  });
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('no account');
  const store = openAlertStore({ path: null, clock, retentionMs: 90 * 86_400_000 });
  if (!store.ok) throw new Error(store.error.sentence);
  const ear: Notifier = {
    name: 'ear',
    type: 'test',
    target: 'here',
    kinds: ['firing', 'worse', 'resolved', 'reminder', 'escalation', 'test'],
    deliver: async (notice) => {
      told.push(notice);
      return { ok: true, sentence: 'Heard.' };
    },
  };
  const config = {
    ...alertConfig(settingsSchema.parse({})),
    zone: 'UTC',
    routes: [{ matchers: [], to: ['ear'], escalate: [], remindMs: null, onward: false }],
  };
  const credentials = memoryCredential(account.readToken);
  const engine = createEngine({
    accounts: [
      {
        id: account.id,
        name: account.name,
        client: createCloudflareClient({
          apiBase: 'http://127.0.0.1/client/v4',
          credentials,
          transport: simulator.transport(),
          userAgent: 'test',
          clock,
        }),
        budgetKey: credentials.budgetKey,
        intervalMs: 30_000,
        healthIntervalMs: 60_000,
      },
    ],
    clock,
    history: historyAt(null, clock),
    policy: POLICY,
    version: '0.0.0',
    practice: false,
    random: () => 0.5,
    onBug,
    alerting: createAlerting({ config, store: store.value, notifiers: [ear], clock, random: () => 0.5, onBug }),
  });
  engine.start();
  host = createBridgeHost({ engine, clock, startPractice: null, onBug });
  host.subscribe((message) => messages.push(message));
  await pass(14 * MINUTE);
});
afterEach(async () => {
  await host.stop();
  expect(bugs).toEqual([]);
});

describe('the desk', () => {
  it('tells of an outage once, with its alerts, its timeline and its deliveries', async () => {
    expect(told.map(({ kind }) => kind)).toEqual(['firing']);
    const found = await call('incident', { id: outage().id });
    expect(found?.incident).toMatchObject({ phase: 'firing', fresh: true, delivery: 'delivered' });
    expect(found?.alerts.length).toBeGreaterThanOrEqual(10);
    expect(found?.steps[0]?.what).toBe('opened');
    expect(found?.deliveries).toMatchObject([{ kind: 'firing', state: 'delivered', sink: 'ear', answer: 'Heard.' }]);
    const key = found?.alerts.map(({ subject }) => subject).find((subject) => subject.kind === 'tunnel')?.key;
    if (key === undefined) throw new Error('no tunnel');
    expect((await call('incidentsOf', { key })).map(({ id }) => id)).toEqual([outage().id]);
    expect((await call('incidents', { before: null, limit: 10 })).map(({ id }) => id)).toContain(outage().id);
  });

  it('announces incidents as they change, and the board holds what was announced', async () => {
    const announced = messages.flatMap((message) =>
      message.type === 'delta' ? (message.alerts?.incidents ?? []) : [],
    );
    expect(announced.at(-1)).toEqual(host.board().alerts.incidents.find(({ id }) => id === announced.at(-1)?.id));
  });

  it('takes an acknowledgement, and takes it back', async () => {
    const { id } = outage();
    expect(await call('acknowledge', { ids: [id, 'i-999'], by: 'Ada', comment: 'on it', until: null })).toEqual([id]);
    expect(outage().acknowledgement).toMatchObject({ by: 'Ada', comment: 'on it', until: null });
    expect(await call('unacknowledge', { ids: [id], by: 'Ada' })).toEqual([id]);
    expect(outage().acknowledgement).toBeNull();
    const steps = (await call('incident', { id }))?.steps ?? [];
    expect(steps.filter(({ by }) => by === 'Ada').map(({ what }) => what)).toEqual(['acknowledged', 'unacknowledged']);
  });

  it('shows what a silence would hide, hides it, and lets people hear again when it is ended', async () => {
    const cause = outage().cause;
    const address = cause.kind === 'cloudflare-endpoint' ? cause.address : '';
    const matchers = [{ name: 'cloudflareEndpoint', op: '=', value: address } as const];
    const preview = await call('previewSilence', { matchers });
    expect(preview.tunnels).toBe(10);
    expect(preview.names).toHaveLength(10);
    expect(preview.alerts).toBeGreaterThanOrEqual(10);
    const now = clock.now();
    const made = await call('silence', {
      matchers,
      startsAt: now,
      endsAt: now + 60 * MINUTE,
      by: 'Ada',
      comment: 'known',
    });
    expect(host.board().alerts.silences).toEqual([made]);
    const hidden = (await call('incident', { id: outage().id }))?.alerts ?? [];
    expect(hidden.length).toBeGreaterThan(0);
    expect(await call('expireSilence', { id: made.id, by: 'Bob' })).toBe(true);
    expect(await call('expireSilence', { id: made.id, by: 'Bob' })).toBe(false);
    expect(host.board().alerts.silences).toMatchObject([{ id: made.id, endedBy: 'Bob' }]);
    expect(outage().silencedBy).toEqual([]);
  });

  it('forgets what is new once somebody has seen it', async () => {
    await call('markSeen', { ids: open().map(({ id }) => id) });
    expect(open().map(({ fresh }) => fresh)).toEqual(open().map(() => false));
  });

  it('tries a sink, logs the trial, and knows no sink that is not there', async () => {
    expect(await call('testSink', { sink: 'ear' })).toEqual({ ok: true, sentence: 'Heard.' });
    expect(told.at(-1)).toMatchObject({ kind: 'test', text: { title: 'Test from Tunnelwatch' } });
    expect((await call('testSink', { sink: 'eye' })).ok).toBe(false);
    const log = await call('deliveries', { sink: 'ear', before: null, limit: 10 });
    expect(log[0]).toMatchObject({ kind: 'test', state: 'delivered', incidentId: null });
  });

  it('lists the rules with their settings', async () => {
    const rules = await call('rules', {});
    expect(rules).toHaveLength(22);
    expect(rules.find(({ rule }) => rule === 'health-down')?.pendingMs).toBe(180_000);
  });

  it('resolves in the end, tells it once, and keeps it to be read', async () => {
    const { id } = outage();
    await pass(60 * MINUTE);
    expect(told.filter(({ incident }) => incident.id === id).map(({ kind }) => kind)).toEqual(['firing', 'resolved']);
    const found = await call('incident', { id });
    expect(found?.incident).toMatchObject({ phase: 'resolved', delivery: 'delivered' });
    expect(found?.alerts.length).toBeGreaterThanOrEqual(10);
    expect(found?.steps.at(-1)?.what).toBe('resolved');
  });

  it('checks what comes from outside', async () => {
    const bad = async (name: CallName, args: unknown): Promise<string> => {
      const answer = await host.call(name, args);
      return answer.ok ? 'taken' : answer.error.kind;
    };
    const now = clock.now();
    const matchers = [{ name: 'tunnel', op: '=~', value: '(' }];
    const silence = { matchers, startsAt: now, endsAt: now + 1, by: 'Ada', comment: '' };
    expect(await bad('silence', silence)).toBe('bad-arguments');
    expect(await bad('silence', { ...silence, matchers: [] })).toBe('bad-arguments');
    expect(await bad('acknowledge', { ids: ['x'], by: 'Ada', comment: '', until: null })).toBe('bad-arguments');
    expect(await bad('acknowledge', { ids: ['i-1'], by: '', comment: '', until: null })).toBe('bad-arguments');
  });
});
