/** What the simulator offers to hosts and tests. */
import type { Clock } from '../engine/clock.ts';
import type { Transport } from '../engine/cloudflare/contract.ts';
import type { AccountId, Instant } from '../shared/model.ts';
import type { Act, Faults } from './faults/fault.ts';
import type { Limits, Scenario } from './scenario.ts';

export interface SimRequest {
  readonly method: string;
  /** Path and query, for instance `/client/v4/user/tokens/verify`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface SimReply {
  readonly status: number;
  /** Names in lower case, without those that frame the body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** How the answer travels. */
  readonly act: Act;
}

/** An account and the tokens that open it alone. */
export interface SimAccount {
  readonly id: AccountId;
  readonly name: string;
  /** Magic WAN Read and Account Analytics Read. */
  readonly readToken: string;
  /** Magic WAN Write and Account Analytics Read. */
  readonly writeToken: string;
  /** Magic WAN Read without Account Analytics Read. */
  readonly analyticsLessToken: string;
  /** Account Analytics Read alone. */
  readonly magicLessToken: string;
}

export interface SimulatorOptions {
  readonly scenario: Scenario | string;
  readonly clock: Clock;
  readonly seed: number;
  /** Tunnels altogether: sites are repeated or left out. As the scenario says if not given. */
  readonly tunnels?: number | undefined;
  readonly accounts?: number | undefined;
  /** Time zero of the scenario; the clock's present if not given. */
  readonly origin?: Instant | undefined;
  /** Over the scenario's limits. */
  readonly limits?: Partial<Limits> | undefined;
  /** Measures the windows of the rate limit: the real clock when `clock` is a scaled one. */
  readonly limitsClock?: Clock | undefined;
}

export interface ListenOptions {
  readonly host?: string;
  /** 0, the default: any free port. */
  readonly port?: number;
}

export interface Served {
  /** For instance `http://127.0.0.1:40123`; the API is below `/client/v4`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface Simulator {
  readonly scenario: Scenario;
  readonly origin: Instant;
  readonly accounts: readonly SimAccount[];
  /** Open every account: one budget for all of them. */
  readonly readToken: string;
  readonly writeToken: string;
  /** The older form of authentication, for every account. */
  readonly globalKey: { readonly email: string; readonly key: string };
  readonly faults: Faults;
  /** Answers at the clock's present; never throws, never waits. */
  handle(request: SimRequest): SimReply;
  /** The way to this simulator without sockets: microtasks only, except that hangs and drips wait on the clock. */
  transport(): Transport;
  /** A real HTTP server. Besides the API: `GET`, `POST` and `DELETE /__faults`, for loopback alone. */
  listen(options?: ListenOptions): Promise<Served>;
}
