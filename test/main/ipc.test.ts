import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openIpc } from '../../src/main/ipc.ts';
import { HOME_URL } from '../../src/main/origin.ts';
import { REQUEST_CHANNELS } from '../../src/shared/channels.ts';
import { type FakeFrame, FakeWebContents, handledChannels, invokeFrom, resetElectron } from '../fakes/electron.ts';
import { EMPTY_BOARD, PULSE, recordingHost } from '../fakes/ipc-host.ts';

const NOT_ALLOWED = { ok: false, error: { kind: 'not-allowed', sentence: 'This page may not talk to Tunnelwatch.' } };

function door() {
  const host = recordingHost();
  const page = new FakeWebContents();
  page.mainFrame.url = HOME_URL;
  const close = openIpc(host, (contents) => (contents as unknown) === page, HOME_URL);
  const ask = (channel: string, payload?: unknown, frame: FakeFrame | null = page.mainFrame, from = page) =>
    payload === undefined ? invokeFrom(from, frame, channel) : invokeFrom(from, frame, channel, payload);
  return { host, page, close, ask };
}

beforeEach(() => resetElectron());

describe('who may speak', () => {
  const frame = (over: Partial<FakeFrame>): FakeFrame => ({ url: HOME_URL, parent: null, detached: false, ...over });
  const throwing: FakeFrame = {
    get url(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
    parent: null,
    detached: false,
  };
  const senders: readonly (readonly [string, FakeFrame | null])[] = [
    ['a frame that is gone', null],
    ['a frame that dies as we look', throwing],
    ['a detached frame', frame({ detached: true })],
    ['a frame in our page', frame({ parent: frame({}) })],
    ['a page of the web', frame({ url: 'https://example.com/' })],
    ['another host of our scheme', frame({ url: 'app://bundle.evil/' })],
    ['a file', frame({ url: 'file:///tmp/x.html' })],
    ['a page with credentials in its address', frame({ url: 'app://user@bundle/' })],
    ['an empty page', frame({ url: '' })],
    ['about:blank', frame({ url: 'about:blank' })],
  ];

  for (const channel of Object.values(REQUEST_CHANNELS)) {
    it.each(senders)(`${channel} refuses %s`, async (_who, senderFrame) => {
      const { ask, host } = door();
      expect(await ask(channel, { subscription: 1, name: 'pollNow', args: {} }, senderFrame)).toEqual(NOT_ALLOWED);
      expect(host.calls).toEqual([]);
      expect(host.listeners.size).toBe(0);
    });

    it(`${channel} refuses a window that is not ours, and a destroyed one`, async () => {
      const { ask, host, page } = door();
      const stranger = new FakeWebContents();
      stranger.mainFrame.url = HOME_URL;
      expect(await ask(channel, { subscription: 1 }, stranger.mainFrame, stranger)).toEqual(NOT_ALLOWED);
      page.destroy();
      expect(await ask(channel, { subscription: 1 })).toEqual(NOT_ALLOWED);
      expect(host.listeners.size).toBe(0);
    });
  }
});

describe('what may be said', () => {
  const polluting: unknown = JSON.parse('{"name":"pollNow","args":{},"__proto__":{"polluted":true}}');
  const calls: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'pollNow'],
    ['a list', ['pollNow', {}]],
    ['no name', { args: {} }],
    ['a name that is no string', { name: 7, args: {} }],
    ['a name without end', { name: 'x'.repeat(1000), args: {} }],
    ['an extra key', { name: 'pollNow', args: {}, extra: 1 }],
    ['a polluting key', polluting],
  ];
  it.each(calls)('call refuses %s', async (_what, payload) => {
    const { ask, host } = door();
    expect(await ask(REQUEST_CHANNELS.call, payload)).toMatchObject({ ok: false, error: { kind: 'bad-arguments' } });
    expect(host.calls).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  const refs = [undefined, null, 1, '1', {}, { subscription: 0 }, { subscription: -1 }, { subscription: 1.5 }];
  const odd = [{ subscription: Number.NaN }, { subscription: '1' }, { subscription: 1, more: 1 }];
  it.each([...refs, ...odd])('subscribe and unsubscribe refuse %j', async (payload) => {
    const { ask, host } = door();
    for (const channel of [REQUEST_CHANNELS.subscribe, REQUEST_CHANNELS.unsubscribe]) {
      expect(await ask(channel, payload)).toMatchObject({ ok: false, error: { kind: 'bad-arguments' } });
    }
    expect(host.listeners.size).toBe(0);
  });

  it('hands a good call to the host and its answer back', async () => {
    const { ask, host } = door();
    expect(await ask(REQUEST_CHANNELS.call, { name: 'pollNow', args: { accountId: null } })).toEqual({
      ok: true,
      value: null,
    });
    expect(host.calls).toEqual([{ name: 'pollNow', args: { accountId: null } }]);
  });
});

describe('subscriptions', () => {
  const open = async () => {
    const made = door();
    await made.ask(REQUEST_CHANNELS.subscribe, { subscription: 1 });
    return made;
  };

  it('push the board first and then what is announced', async () => {
    const { host, page } = await open();
    host.announce(PULSE);
    expect(page.sent).toEqual([
      { channel: 'tunnelwatch:message', payload: { subscription: 1, message: EMPTY_BOARD } },
      { channel: 'tunnelwatch:message', payload: { subscription: 1, message: PULSE } },
    ]);
  });

  it('end when the page says so', async () => {
    const { ask, host } = await open();
    await ask(REQUEST_CHANNELS.unsubscribe, { subscription: 1 });
    expect(host.listeners.size).toBe(0);
    expect(await ask(REQUEST_CHANNELS.unsubscribe, { subscription: 1 })).toEqual({ ok: true, value: null });
  });

  it('end with the page, its process and its document', async () => {
    const ends: readonly ((page: FakeWebContents) => void)[] = [
      (page) => page.destroy(),
      (page) => page.crash(),
      (page) => page.startNavigation(HOME_URL),
    ];
    for (const end of ends) {
      resetElectron();
      const { host, page } = await open();
      expect(host.listeners.size).toBe(1);
      end(page);
      expect(host.listeners.size).toBe(0);
      host.announce(PULSE);
      expect(page.sent).toHaveLength(1);
    }
  });

  it('outlive a jump within the document', async () => {
    const { host, page } = await open();
    page.startNavigation(`${HOME_URL}#/tunnel`, true);
    expect(host.listeners.size).toBe(1);
  });

  it('replace their forerunner of the same number', async () => {
    const { ask, host } = await open();
    await ask(REQUEST_CHANNELS.subscribe, { subscription: 1 });
    expect(host.listeners.size).toBe(1);
  });

  it('are at most 32 in a page', async () => {
    const { ask, host } = await open();
    for (let i = 2; i <= 32; i += 1) await ask(REQUEST_CHANNELS.subscribe, { subscription: i });
    expect(await ask(REQUEST_CHANNELS.subscribe, { subscription: 33 })).toMatchObject({ ok: false });
    expect(host.listeners.size).toBe(32);
  });
});

describe('the door', () => {
  it('has one handler for each request and gives them back when it closes', async () => {
    const { close, host, ask } = door();
    await ask(REQUEST_CHANNELS.subscribe, { subscription: 1 });
    expect(handledChannels()).toEqual(Object.values(REQUEST_CHANNELS).sort());
    close();
    expect(handledChannels()).toEqual([]);
    expect(host.listeners.size).toBe(0);
  });

  it('says it failed when the host throws, and does not tell the page why', async () => {
    const terminal = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const page = new FakeWebContents();
    page.mainFrame.url = HOME_URL;
    const host = { ...recordingHost(), call: () => Promise.reject(new Error('secret path /root/token')) };
    openIpc(host, () => true, HOME_URL);
    const reply = await invokeFrom(page, page.mainFrame, REQUEST_CHANNELS.call, { name: 'pollNow', args: {} });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'failed' } });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(terminal).toHaveBeenCalledTimes(1);
    terminal.mockRestore();
  });
});
