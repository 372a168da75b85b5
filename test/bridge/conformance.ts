/**
 * What every transport of the Bridge has to hold. Each test stands a host up over an engine that behaves, opens the
 * transport under test in front of it, and drives both ends.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { type BridgeHost, createBridgeHost } from '../../src/engine/bridge/host.ts';
import { MOST_KEYS } from '../../src/engine/bridge/schemas.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Bridge, BridgeMessage, CallName } from '../../src/shared/bridge.ts';
import type { TunnelKey } from '../../src/shared/model.ts';
import { ok } from '../../src/shared/result.ts';
import { ACCOUNT, badToken, type FakeEngine, type FakeEngineOptions, fakeEngine, fakeRow } from '../fakes/engine.ts';

/** A renderer's end of the transport under test. */
export interface OpenedBridge {
  readonly bridge: Bridge;
  close(): Promise<void> | void;
}

const key = fakeRow(ACCOUNT, 0).key;
const nowhere = `${ACCOUNT}/${'f'.repeat(32)}` as TunnelKey;

/** Runs the suite. `open` stands the transport in front of a host. */
export function bridgeConformance(name: string, open: (host: BridgeHost) => Promise<OpenedBridge>): void {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function stand(
    options: FakeEngineOptions = {},
  ): Promise<{ engine: FakeEngine; practice: FakeEngine; bridge: Bridge }> {
    const engine = fakeEngine(options);
    const practice = fakeEngine({ tunnels: 2, practice: true });
    const host = createBridgeHost({
      engine,
      clock: systemClock(),
      startPractice: async () => ok(practice),
      onBug: () => undefined,
    });
    const opened = await open(host);
    closing.push(
      () => host.stop(),
      () => opened.close(),
    );
    return { engine, practice, bridge: opened.bridge };
  }

  /** Collects messages; `until` waits for the first that fits. */
  function listen(bridge: Bridge) {
    const heard: BridgeMessage[] = [];
    const stop = bridge.subscribe((message) => heard.push(message));
    closing.push(stop);
    const until = async (fits: (message: BridgeMessage) => boolean): Promise<BridgeMessage> => {
      await expect.poll(() => heard.some(fits), { interval: 5 }).toBe(true);
      const found = heard.find(fits);
      if (found === undefined) throw new Error('unreachable');
      return found;
    };
    return { heard, stop, until };
  }
  /** A call that the types forbid, as a broken or hostile page would make it. */
  const raw = (bridge: Bridge, call: string, args: unknown) => bridge.call(call as CallName, args as never);

  describe(`the Bridge over ${name}`, () => {
    it('begins with the full board, as the engine has it', async () => {
      const { engine, bridge } = await stand();
      const { heard, until } = listen(bridge);
      await until((message) => message.type === 'board');
      expect(heard[0]).toEqual(engine.board());
    });

    it('goes on with deltas and pulses, in order and complete', async () => {
      const { engine, bridge } = await stand();
      const { heard, until } = listen(bridge);
      await until((message) => message.type === 'board');
      engine.setBgp(0, 'down');
      engine.setBgp(0, 'up');
      engine.pulse();
      engine.blind(badToken);
      await until((message) => message.type === 'delta' && message.status.accounts[0]?.phase === 'blind');
      expect(heard.map((message) => message.type)).toEqual(['board', 'delta', 'delta', 'pulse', 'delta']);
      const changes = heard.flatMap((message) => (message.type === 'delta' ? message.changes : []));
      expect(changes.map(({ from, to }) => [from, to])).toEqual([
        ['up', 'down'],
        ['down', 'up'],
      ]);
    });

    it('gives a late subscriber the board of that moment', async () => {
      const { engine, bridge } = await stand();
      engine.setBgp(1, 'down');
      const { until } = listen(bridge);
      const board = await until((message) => message.type === 'board');
      expect(board.type === 'board' && board.rows[1]?.lanes.bgp.value).toBe('down');
    });

    it('serves several subscribers, and one that stopped hears nothing more', async () => {
      const { engine, bridge } = await stand();
      const [one, two] = [listen(bridge), listen(bridge)];
      await one.until((message) => message.type === 'board');
      await two.until((message) => message.type === 'board');
      one.stop();
      engine.setBgp(0, 'down');
      await two.until((message) => message.type === 'delta');
      expect(one.heard.map((message) => message.type)).toEqual(['board']);
    });

    it('lets go of the engine when nobody listens', async () => {
      const { engine, bridge } = await stand();
      const before = engine.subscribers;
      const { until, stop } = listen(bridge);
      await until((message) => message.type === 'board');
      stop();
      await expect.poll(() => engine.subscribers).toBeLessThanOrEqual(before);
    });

    it('carries a large board whole', async () => {
      const { bridge } = await stand({ tunnels: 2_000 });
      const { until } = listen(bridge);
      const board = await until((message) => message.type === 'board');
      expect(board.type === 'board' && board.rows.length).toBe(2_000);
    });

    it('answers each call', async () => {
      const { engine, bridge } = await stand();
      const tunnel = await bridge.call('tunnel', { key });
      expect(tunnel).toEqual({ ok: true, value: engine.tunnel(key) });
      expect(await bridge.call('tunnel', { key: nowhere })).toEqual({ ok: true, value: null });
      const lanes = await bridge.call('lanes', { keys: [key], lanes: ['bgp', 'psk'], from: 5, to: 9 });
      expect(lanes.ok && lanes.value.map((track) => track.lane)).toEqual(['bgp', 'psk']);
      expect(await bridge.call('events', { key: null, accountId: null, before: null, limit: 10 })).toEqual({
        ok: true,
        value: [],
      });
      const changes = await bridge.call('changes', { key, from: 7, limit: 5 });
      expect(changes.ok && changes.value[0]).toEqual({ at: 7, key, lane: 'bgp', from: null, to: 'up' });
      const availability = await bridge.call('availability', { key });
      expect(availability.ok && availability.value.map((one) => one.window)).toEqual(['24h', '7d', '30d']);
      expect(await bridge.call('watch', { key })).toEqual({ ok: true, value: null });
      expect(await bridge.call('pollNow', { accountId: ACCOUNT })).toEqual({ ok: true, value: null });
      expect(engine.calls).toEqual([`watch ${key}`, `pollNow ${ACCOUNT}`]);
    });

    it('asks about as many tunnels at once as agreed, and not more', async () => {
      const { bridge } = await stand({ tunnels: MOST_KEYS + 1 });
      const keys = Array.from({ length: MOST_KEYS + 1 }, (_, i) => fakeRow(ACCOUNT, i).key);
      const most = await bridge.call('lanes', { keys: keys.slice(1), lanes: ['bgp'], from: 0, to: 1 });
      expect(most.ok && most.value.length).toBe(MOST_KEYS);
      const over = await bridge.call('lanes', { keys, lanes: ['bgp'], from: 0, to: 1 });
      expect(!over.ok && over.error.kind).toBe('bad-arguments');
    });

    it.each<[string, string, unknown]>([
      ['a missing key', 'tunnel', {}],
      ['a key of the wrong form', 'tunnel', { key: '../../etc/passwd' }],
      ['a key too many', 'tunnel', { key, more: 1 }],
      ['a key of the prototype', 'tunnel', JSON.parse(`{"key":"${key}","__proto__":{"x":1}}`)],
      ['no object', 'tunnel', 'text'],
      ['nothing', 'tunnel', null],
      ['a list', 'tunnel', [key]],
      ['an unknown lane', 'lanes', { keys: [key], lanes: ['weather'], from: 0, to: 1 }],
      ['a range that ends before it begins', 'lanes', { keys: [key], lanes: ['bgp'], from: 2, to: 1 }],
      ['an endless time', 'lanes', { keys: [key], lanes: ['bgp'], from: 0, to: 1e300 }],
      ['too many rows', 'events', { key: null, accountId: null, before: null, limit: 1e6 }],
      ['half a row', 'events', { key: null, accountId: null, before: null, limit: 1.5 }],
      ['an account of the wrong form', 'pollNow', { accountId: 'all' }],
      ['arguments where there are none', 'startPractice', { force: true }],
    ])('refuses %s, and the engine hears nothing', async (_, call, args) => {
      const { engine, bridge } = await stand();
      const reply = await raw(bridge, call, args);
      expect(!reply.ok && reply.error.kind).toBe('bad-arguments');
      expect(engine.calls).toEqual([]);
    });

    it.each(['stop', 'constructor', '__proto__', 'hasOwnProperty', 'Tunnel', 'x'.repeat(40)])(
      'refuses the call %s',
      async (call) => {
        const { bridge } = await stand();
        const reply = await raw(bridge, call, {});
        expect(!reply.ok && reply.error.kind).toBe('unknown-call');
      },
    );

    it('turns a bug of the host into a value that tells nothing of its inside', async () => {
      const { bridge } = await stand({ broken: true });
      const reply = await bridge.call('tunnel', { key });
      expect(!reply.ok && reply.error.kind).toBe('failed');
      expect(JSON.stringify(reply)).not.toContain('bug of the engine');
    });

    it('starts practice mode once on a first run, and the page goes on with its board', async () => {
      const { engine, practice, bridge } = await stand({ accounts: 0 });
      const { heard, until } = listen(bridge);
      await until((message) => message.type === 'board');
      const replies = await Promise.all([bridge.call('startPractice', {}), bridge.call('startPractice', {})]);
      expect(replies).toEqual(Array(2).fill({ ok: true, value: { started: true, reason: null } }));
      await until((message) => message.type === 'board' && message.status.practice);
      expect(heard.filter((message) => message.type === 'board')).toHaveLength(2);
      await expect.poll(() => engine.stopped).toBe(true);
      practice.setBgp(0, 'down');
      await until((message) => message.type === 'delta' && message.changes[0]?.to === 'down');
      const tunnel = await bridge.call('tunnel', { key });
      expect(tunnel.ok && tunnel.value).toEqual(practice.tunnel(key));
    });

    it('does not put practice in front of configured accounts', async () => {
      const { engine, bridge } = await stand();
      const reply = await bridge.call('startPractice', {});
      expect(reply).toMatchObject({
        ok: true,
        value: { started: false, reason: expect.stringContaining('configured') },
      });
      expect(engine.stopped).toBe(false);
    });
  });
}
