/**
 * The real engine over real sockets on a virtual clock: time passes only when a test says so, answers take what they take.
 */
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import { createUndiciTransport, type UndiciTransportOptions } from '../../src/engine/cloudflare/transport.ts';
import type { Engine } from '../../src/engine/contract.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import type { BridgeMessage } from '../../src/shared/bridge.ts';
import type { AccountStatus, EventKind, HistoryEvent, StateChange } from '../../src/shared/model.ts';
import { T0 } from '../fixtures/tunnels.ts';
import { type CountingTransport, countingTransport } from '../harness/counting-transport.ts';
import { engineOver } from '../harness/engine-over.ts';
import { type BadServer, badServer } from './bad-server.ts';

export const INTERVAL = 30_000;
export const CANARY = 'canary-token-1f9b62';

export interface Watching {
  readonly clock: VirtualClock;
  readonly server: BadServer;
  readonly engine: Engine;
  readonly transport: CountingTransport;
  /** Every change of a lane since the start. */
  readonly changes: StateChange[];
  readonly events: HistoryEvent[];
  /** Everything that listeners were sent, as text. */
  readonly sent: string[];
  /** Lets `ms` pass; every request that falls due is really made. */
  pass(ms: number): Promise<void>;
  /** Somebody sets the clock of this machine; Cloudflare's goes on as it did. `clock.jumpWall` alone is a sleep. */
  setClock(by: number): void;
  account(): AccountStatus;
  kinds(): EventKind[];
  stop(): Promise<void>;
}

export async function watching(
  more: { host?: string; transport?: Partial<UndiciTransportOptions>; deadlineMs?: number; maxBytes?: number } = {},
): Promise<Watching> {
  const clock = virtualClock(T0);
  let cloudAhead = 0;
  const server = await badServer(() => clock.now() + cloudAhead);
  const transport = countingTransport(
    createUndiciTransport({ proxy: null, noProxy: null, ca: [], env: {}, ...more.transport }),
  );
  const client = createCloudflareClient({
    apiBase: server.url.replace('127.0.0.1', more.host ?? '127.0.0.1'),
    transport,
    userAgent: 'test',
    deadlineMs: more.deadlineMs ?? 20_000,
    maxBytes: more.maxBytes ?? 1_048_576,
    credentials: {
      budgetKey: 'test',
      refused: () => {},
      get: async () => ({ ok: true, value: { kind: 'token', token: CANARY } }),
    },
  });
  const engine = engineOver({ clock, path: null, client, intervalMs: INTERVAL });
  const changes: StateChange[] = [];
  const events: HistoryEvent[] = [];
  const sent: string[] = [];
  engine.subscribe((message: BridgeMessage) => {
    sent.push(JSON.stringify(message));
    if (message.type !== 'delta') return;
    changes.push(...message.changes);
    events.push(...message.events);
  });
  engine.start();
  return {
    clock,
    server,
    engine,
    transport,
    changes,
    events,
    sent,
    setClock(by) {
      clock.jumpWall(by);
      cloudAhead -= by;
    },
    pass: (ms) => clock.advance(ms, () => transport.idle()),
    account: () => {
      const [account] = engine.board().status.accounts;
      if (account === undefined) throw new Error('no account');
      return account;
    },
    kinds: () => events.map((event) => event.kind),
    async stop() {
      await engine.stop();
      await transport.close();
      await server.close();
    },
  };
}

/** The law of the matrix: while we are in trouble no tunnel changed, and all last known states stand. */
export function untouched(w: Watching): { changes: number; bgp: string[] } {
  return { changes: w.changes.length, bgp: w.engine.board().rows.map((row) => row.lanes.bgp.value) };
}
