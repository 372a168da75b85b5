import { describe, expect, it } from 'vitest';
import { createBridgeHost, type PracticeStarter } from '../../../src/engine/bridge/host.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import type { HostMessage } from '../../../src/shared/bridge.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { bridgeConformance } from '../../bridge/conformance.ts';
import { ACCOUNT, fakeEngine } from '../../fakes/engine.ts';

bridgeConformance('the host itself', async (host) => ({
  bridge: {
    subscribe: (listener) => host.subscribe(listener),
    call: (name, args) => host.call(name, args) as never,
  },
  close: () => undefined,
}));

function stand(startPractice: PracticeStarter | null, accounts = 0) {
  const engine = fakeEngine({ accounts });
  const bugs: string[] = [];
  const host = createBridgeHost({ engine, clock: systemClock(), startPractice, onBug: (call) => bugs.push(call) });
  return { engine, host, bugs };
}

describe('the bridge host', () => {
  it('lets no failing subscriber keep the others from hearing', () => {
    const { engine, host, bugs } = stand(null, 1);
    const heard: HostMessage[] = [];
    host.subscribe(() => {
      throw new Error('a page that fails');
    });
    host.subscribe((message) => heard.push(message));
    engine.pulse();
    expect(heard.map((message) => message.type)).toEqual(['board', 'pulse']);
    expect(bugs).toEqual(['subscribe', 'subscribe']);
  });

  it('asks for the events of a tunnel, of an account, and without both for those of the app alone', async () => {
    const asked: unknown[] = [];
    const engine = fakeEngine({ accounts: 1 });
    const history = { ...engine.history, events: (query: unknown) => asked.push(query) && [] };
    const host = createBridgeHost({
      engine: Object.create(engine, { history: { value: history } }),
      clock: systemClock(),
      startPractice: null,
      onBug: () => undefined,
    });
    const page = { before: null, limit: 5 };
    const key = engine.board().rows[0]?.key ?? null;
    for (const query of [
      { key, accountId: ACCOUNT },
      { key: null, accountId: ACCOUNT },
      { key: null, accountId: null },
    ])
      expect(await host.call('events', { ...query, ...page })).toEqual({ ok: true, value: [] });
    expect(asked).toEqual([
      { key, accountId: null, ...page },
      { key: null, accountId: ACCOUNT, ...page },
      { key: null, accountId: 'app', ...page },
    ]);
  });

  it('stays with what it has when practice mode cannot start, and says why', async () => {
    const { engine, host } = stand(async () => err('No free port.'));
    expect(await host.call('startPractice', {})).toEqual({
      ok: true,
      value: { started: false, reason: 'No free port.' },
    });
    expect(engine.stopped).toBe(false);
  });

  it('stops a practice engine that arrives after the end', async () => {
    const practice = fakeEngine({ practice: true });
    let deliver = (): void => undefined;
    const { host } = stand(
      () =>
        new Promise((resolve) => {
          deliver = () => resolve(ok(practice));
        }),
    );
    const asked = host.call('startPractice', {});
    await host.stop();
    deliver();
    expect(await asked).toMatchObject({ value: { started: false } });
    expect(practice.stopped).toBe(true);
  });

  it('stops its engine once, and then refuses', async () => {
    const { engine, host } = stand(null, 1);
    const heard: HostMessage[] = [];
    host.subscribe((message) => heard.push(message));
    await Promise.all([host.stop(), host.stop()]);
    engine.pulse();
    expect(engine.calls).toEqual(['stop']);
    expect(heard).toHaveLength(1);
    expect(await host.call('pollNow', { accountId: null })).toMatchObject({ ok: false, error: { kind: 'failed' } });
  });
});
