import { createServer, type ServerResponse } from 'node:http';
import { EventSource } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { httpBridge } from '../../src/renderer/bridge/http-bridge.ts';
import { ipcBridge } from '../../src/renderer/bridge/ipc-bridge.ts';
import { type Ear, watched } from '../../src/renderer/bridge/watchdog.ts';
import { browserClock } from '../../src/renderer/state/page-clock.ts';
import { type Bridge, type BridgeMessage, LOST_AFTER_MS } from '../../src/shared/bridge.ts';
import { boardOf } from './harness/board.ts';
import { HandClock } from './harness/hand-clock.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 16);
const BOARD = boardOf(2, NOW);
const PULSE = { type: 'pulse', status: BOARD.status } as const;

function silentHost() {
  const ears: Ear[] = [];
  let closed = 0;
  const open = (ear: Ear): (() => void) => {
    ears.push(ear);
    return () => {
      closed += 1;
    };
  };
  return { ears, open, closed: () => closed };
}

describe('watchdog', () => {
  it('says lost once within 45 s of the last word, and opens anew until the host speaks', () => {
    const clock = new HandClock();
    const host = silentHost();
    const heard: BridgeMessage[] = [];
    const stop = watched(host.open, clock, null)((message) => heard.push(message));
    host.ears[0]?.deliver(BOARD);
    clock.pass(LOST_AFTER_MS - 1000);
    expect(heard.map(({ type }) => type)).toEqual(['board']);
    clock.pass(45_000 - LOST_AFTER_MS);
    expect(heard.map(({ type }) => type)).toEqual(['board', 'lost']);
    clock.pass(60_000);
    expect(heard).toHaveLength(2);
    expect(host.ears.length).toBeGreaterThan(3);
    host.ears.at(-1)?.deliver(BOARD);
    expect(heard.at(-1)).toBe(BOARD);
    const opened = host.ears.length;
    clock.pass(20_000);
    expect(host.ears).toHaveLength(opened);
    stop();
    clock.pass(200_000);
    expect(heard).toHaveLength(3);
    expect(host.closed()).toBe(opened);
  });
  it('is content with pulses', () => {
    const clock = new HandClock();
    const host = silentHost();
    const heard: BridgeMessage[] = [];
    watched(host.open, clock, null)((message) => heard.push(message));
    for (let round = 0; round < 20; round += 1) {
      clock.pass(15_000);
      host.ears[0]?.deliver(PULSE);
    }
    expect(heard.every(({ type }) => type === 'pulse')).toBe(true);
    expect(host.ears).toHaveLength(1);
  });
  it('notices a sleep at the first check after it, though the monotonic clock stood still', () => {
    const clock = new HandClock();
    const host = silentHost();
    const heard: BridgeMessage[] = [];
    watched(host.open, clock, null)((message) => heard.push(message));
    host.ears[0]?.deliver(BOARD);
    clock.sleep(8 * 3_600_000);
    clock.pass(5_000);
    expect(heard.at(-1)).toMatchObject({ type: 'lost', reason: expect.stringContaining('asleep') });
    expect(host.ears).toHaveLength(2);
  });
  it('does not wait for the silence when the trouble is certain', () => {
    const clock = new HandClock();
    const host = silentHost();
    const heard: BridgeMessage[] = [];
    watched(host.open, clock, null)((message) => heard.push(message));
    host.ears[0]?.trouble('a token is wanted', true);
    expect(heard).toEqual([{ type: 'lost', reason: 'a token is wanted' }]);
  });
});

describe('IPC bridge', () => {
  it('passes messages and calls, and turns a thrown call into a value', async () => {
    const clock = new HandClock();
    const door: Bridge = {
      subscribe(listener) {
        listener(BOARD);
        listener({ type: 'lost', reason: 'refused' });
        return () => {};
      },
      call: () => Promise.reject(new Error('gone')),
    };
    const bridge = ipcBridge(door, clock, null);
    const heard: BridgeMessage[] = [];
    bridge.subscribe((message) => heard.push(message));
    expect(heard).toEqual([BOARD, { type: 'lost', reason: 'refused' }]);
    expect(await bridge.call('pollNow', { accountId: null })).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    });
  });
});

describe('HTTP bridge', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function host(answer: (path: string, body: string, response: ServerResponse) => void) {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => answer(request.url ?? '', body, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const origin = `http://127.0.0.1:${address.port}`;
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    class HostEvents extends EventSource {
      constructor(path: string) {
        super(`${origin}${path}`);
      }
    }
    const browser = {
      EventSource: HostEvents as never,
      fetch: (path: string, init?: RequestInit) => fetch(origin + path, init),
    };
    return httpBridge(browser, browserClock(), null);
  }
  const until = async (ready: () => boolean): Promise<void> => {
    for (let round = 0; round < 500 && !ready(); round += 1) await new Promise((done) => setTimeout(done, 10));
    expect(ready()).toBe(true);
  };

  it('hears the board and deltas, and skips what it cannot read', async () => {
    const bridge = await host((_path, _body, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\ndata: {broken\n\ndata: {"type":"newer"}\n\n');
      response.write(`data: ${JSON.stringify(BOARD)}\n\ndata: ${JSON.stringify(PULSE)}\n\n`);
    });
    const heard: BridgeMessage[] = [];
    stops.unshift(bridge.subscribe((message) => heard.push(message)));
    await until(() => heard.length === 2);
    expect(heard).toEqual([BOARD, PULSE]);
  });
  it('comes back after a refusal', async () => {
    let asked = 0;
    const bridge = await host((path, _body, response) => {
      if (path === '/events') asked += 1;
      if (asked <= 2) response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(BOARD)}\n\n`);
    });
    const heard: BridgeMessage[] = [];
    stops.unshift(bridge.subscribe((message) => heard.push(message)));
    await until(() => heard.length === 1);
    expect(heard).toEqual([BOARD]);
  });
  it('says at once that an access token is wanted', async () => {
    const bridge = await host((_path, _body, response) => response.writeHead(401).end());
    const heard: BridgeMessage[] = [];
    stops.unshift(bridge.subscribe((message) => heard.push(message)));
    await until(() => heard.length > 0);
    expect(heard[0]).toMatchObject({ type: 'lost', reason: expect.stringContaining('access token') });
  });
  it('asks by POST and gives the host’s answer', async () => {
    const seen: string[] = [];
    const bridge = await host((path, body, response) => {
      seen.push(`${path} ${body}`);
      response.end(JSON.stringify({ ok: true, value: { started: true, reason: null } }));
    });
    expect(await bridge.call('startPractice', {})).toEqual({ ok: true, value: { started: true, reason: null } });
    expect(seen).toEqual(['/api/startPractice {}']);
  });
  it('turns every kind of trouble into a value', async () => {
    const html = await host((_path, _body, response) => response.end('<html>'));
    expect(await html.call('pollNow', { accountId: null })).toMatchObject({ ok: false });
    const odd = await host((_path, _body, response) => response.end('[]'));
    expect(await odd.call('pollNow', { accountId: null })).toMatchObject({ ok: false, error: { kind: 'failed' } });
    const locked = await host((_path, _body, response) => response.writeHead(401).end('{}'));
    expect(await locked.call('pollNow', { accountId: null })).toMatchObject({
      ok: false,
      error: { kind: 'not-allowed' },
    });
    for (const stop of stops.splice(0)) stop();
    expect(await html.call('pollNow', { accountId: null })).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    });
  });
});
