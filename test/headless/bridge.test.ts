import { EventSource as NodeEventSource } from 'undici';
import { systemClock } from '../../src/engine/clock.ts';
import { startServer } from '../../src/headless/server.ts';
import { httpBridge } from '../../src/renderer/bridge/http-bridge.ts';
import { browserClock } from '../../src/renderer/state/page-clock.ts';
import { bridgeConformance } from '../bridge/conformance.ts';
import { testFiles } from './stand.ts';

bridgeConformance('HTTP and server-sent events, by the renderer itself', async (host) => {
  const server = await startServer({
    host,
    clock: systemClock(),
    listen: { host: '127.0.0.1', port: 0 },
    token: null,
    wallToken: null,
    names: [],
    files: await testFiles(),
  });
  /** A browser takes addresses from the page; Node has none. */
  class PageEventSource extends NodeEventSource {
    constructor(address: string) {
      super(new URL(address, server.url).href);
    }
  }
  const page = {
    EventSource: PageEventSource as unknown as typeof EventSource,
    fetch: (address: string, init?: RequestInit) => fetch(new URL(address, server.url), init),
  };
  return { bridge: httpBridge(page, browserClock(), null), close: () => server.close() };
});
