/** Ring 3: the preload as built, in a sandbox like Electron's. */
import { describe, expect, it } from 'vitest';
import type { Bridge, BridgeMessage } from '../../src/shared/bridge.ts';
import { PUSH_CHANNELS, REQUEST_CHANNELS } from '../../src/shared/channels.ts';
import { EMPTY_BOARD, PULSE } from '../fakes/ipc-host.ts';
import { builtPreload, runPreload } from '../fakes/preload-sandbox.ts';

type PageListener = (event: object, payload: unknown) => void;

/** An `ipcRenderer` whose answers the test decides. */
function wire(answer: (channel: string, payload: unknown) => Promise<unknown>) {
  const listeners: PageListener[] = [];
  const asked: { channel: string; payload: unknown }[] = [];
  const ipc = {
    invoke(channel: string, payload: unknown): Promise<unknown> {
      asked.push({ channel, payload: structuredClone(payload) });
      return answer(channel, payload);
    },
    on(_channel: string, listener: PageListener) {
      listeners.push(listener);
      return ipc;
    },
  };
  const run = runPreload(builtPreload(), ipc);
  const bridge = run.exposed.get('tunnelwatch') as Bridge;
  const push = (payload: unknown): void => {
    for (const listener of listeners) listener({ sender: ipc, ports: [] }, payload);
  };
  return { run, bridge, asked, push, listeners };
}
const fine = async (): Promise<unknown> => ({ ok: true, value: null });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};

describe('the built preload', () => {
  it('is a small CommonJS file that requires electron and nothing else', () => {
    expect(wire(fine).run.required).toEqual(['electron']);
    expect(builtPreload().length).toBeLessThan(5_000);
    expect(builtPreload()).not.toMatch(/^\s*(import|export)\s/m);
  });

  it('exposes one frozen object with the keys of Bridge and no more', () => {
    const { run, bridge } = wire(fine);
    expect([...run.exposed.keys()]).toEqual(['tunnelwatch']);
    const keys: Readonly<Record<keyof Bridge, true>> = { call: true, subscribe: true };
    expect(Object.keys(bridge).sort()).toEqual(Object.keys(keys).sort());
    expect(Object.isFrozen(bridge)).toBe(true);
    expect(Object.isFrozen(run.handedOver.get('tunnelwatch'))).toBe(true);
  });

  it('listens on one channel, however many subscribe', () => {
    const { bridge, listeners } = wire(fine);
    for (let i = 0; i < 5; i += 1) bridge.subscribe(() => undefined);
    expect(listeners).toHaveLength(1);
  });
});

describe('subscribe', () => {
  it('hands over data alone, to the subscriber it is for', () => {
    const { bridge, push, asked } = wire(fine);
    const heard: unknown[][] = [[], []];
    bridge.subscribe((...all) => heard[0]?.push(all));
    bridge.subscribe((...all) => heard[1]?.push(all));
    expect(asked).toEqual([
      { channel: REQUEST_CHANNELS.subscribe, payload: { subscription: 1 } },
      { channel: REQUEST_CHANNELS.subscribe, payload: { subscription: 2 } },
    ]);
    push({ subscription: 2, message: EMPTY_BOARD });
    push({ subscription: 3, message: EMPTY_BOARD });
    expect(heard).toEqual([[], [[EMPTY_BOARD]]]);
  });

  it('stops when told to, and says so once', async () => {
    const { bridge, push, asked } = wire(fine);
    const heard: BridgeMessage[] = [];
    const stop = bridge.subscribe((message) => heard.push(message));
    stop();
    stop();
    push({ subscription: 1, message: PULSE });
    await settle();
    expect(heard).toEqual([]);
    expect(asked.filter(({ channel }) => channel === REQUEST_CHANNELS.unsubscribe)).toEqual([
      { channel: REQUEST_CHANNELS.unsubscribe, payload: { subscription: 1 } },
    ]);
  });

  it.each([
    ['refuses', async () => ({ ok: false, error: { kind: 'not-allowed', sentence: 'no' } })],
    ['does not answer', () => Promise.reject(new Error('no handler'))],
  ])('says lost with a sentence when the host %s', async (_how, answer) => {
    const { bridge } = wire(answer);
    const heard: BridgeMessage[] = [];
    bridge.subscribe((message) => heard.push(message));
    await settle();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ type: 'lost', reason: expect.stringMatching(/^Tunnelwatch's .*\.$/) });
  });
});

describe('call', () => {
  it('asks by name and gives the answer as it came', async () => {
    const answer = { ok: true, value: { started: false, reason: 'accounts are configured' } };
    const { bridge, asked } = wire(async () => answer);
    expect(await bridge.call('startPractice', {})).toEqual(answer);
    expect(asked).toEqual([{ channel: REQUEST_CHANNELS.call, payload: { name: 'startPractice', args: {} } }]);
  });

  it('never throws: trouble is a value, without the words of the error', async () => {
    const { bridge } = wire(() => Promise.reject(new Error('internal path /x')));
    const reply = await bridge.call('pollNow', { accountId: null });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    expect(JSON.stringify(reply)).not.toContain('/x');
  });
});

describe('the sandbox of these tests', () => {
  it('refuses what Electron would refuse', () => {
    expect(() => runPreload('require("zod")', {})).toThrow('module not found: zod');
    expect(() => runPreload('require("node:fs")', {})).toThrow('module not found');
    expect(() => runPreload('import "electron"', {})).toThrow();
    expect(PUSH_CHANNELS.message).toBe('tunnelwatch:message');
  });
});
