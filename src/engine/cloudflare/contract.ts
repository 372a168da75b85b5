/**
 * What the rest of the engine may expect of the API client. Nothing outside this folder knows paths, wrappers or field
 * names of the API.
 */
import type { AccountId, Fault, Instant, Millis, Tunnel, TunnelId, UnreadableTunnel } from '../../shared/model.ts';
import type { Result } from '../../shared/result.ts';

/** One HTTP exchange. The deadline spans everything: connect, headers, last byte of the body. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly deadlineMs: Millis;
  /** A longer body ends the exchange. */
  readonly maxBytes: number;
  readonly signal: AbortSignal | null;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The way to Cloudflare: undici over sockets, or the simulator in the same process. Rejects with the error as it came. */
export interface Transport {
  exchange(request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
}

/** How we prove who we are. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'key'; readonly email: string; readonly key: string };

/** Hands out the credential when it is needed, so that it need not be kept elsewhere. */
export interface CredentialSource {
  /** The fault is of kind `no-credential` and names where we looked, never what we found. */
  get(): Promise<Result<Credential, Fault>>;
  /** The API refused it: look it up afresh next time. */
  refused(): void;
  /** Equal for two accounts that use the same token (a hash, not the token); they share one budget. */
  readonly budgetKey: string;
}

/** What `Ratelimit` said: requests left, and the time until the window resets. */
export interface RateInfo {
  readonly remaining: number;
  readonly resetMs: Millis;
  /** From `Ratelimit-Policy`: requests per window. */
  readonly quota: number | null;
  readonly windowMs: Millis | null;
}

export interface ExchangeMeta {
  /** Requests that this answer cost. */
  readonly requests: number;
  readonly rate: RateInfo | null;
  readonly cfRay: string | null;
  readonly bytes: number;
  /** Health rows of the answer that could not be read and were left out; absent when there were none. */
  readonly dropped?: number;
  /** Cloudflare's clock when it answered, cut to the second; absent when the answer did not say. */
  readonly date?: Instant;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly meta: ExchangeMeta }
  | { readonly ok: false; readonly error: Fault; readonly meta: ExchangeMeta };

/** The list of one account against the list before it. */
export interface ListSnapshot {
  /** The same bytes as last time: nothing was parsed, `changed` and `removed` are empty. */
  readonly unchanged: boolean;
  readonly tunnels: ReadonlyMap<TunnelId, Tunnel>;
  /** New or different since the last good list of this client. */
  readonly changed: readonly Tunnel[];
  readonly removed: readonly TunnelId[];
  readonly unreadable: readonly UnreadableTunnel[];
}

/** Health of one tunnel in one data centre in one minute. */
export interface HealthRow {
  readonly tunnelName: string;
  readonly siteName: string | null;
  readonly coloCode: string;
  readonly coloName: string;
  /** Start of the minute. */
  readonly minute: Instant;
  /** 1 healthy, 0.5 degraded, 0 down; averages lie between. */
  readonly state: number;
  readonly samples: number;
}

export interface HealthWindow {
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** What went through one tunnel, summed over a window. Tunnels that carried nothing may have none. */
export interface TunnelTraffic {
  readonly tunnelName: string;
  readonly bits: number;
}

/** The read half, all that monitoring needs. */
export interface CloudflareReader {
  listTunnels(accountId: AccountId, signal?: AbortSignal): Promise<Answer<ListSnapshot>>;
  getTunnel(accountId: AccountId, tunnelId: TunnelId, signal?: AbortSignal): Promise<Answer<Tunnel>>;
  /** All rows of the window; follows pages by itself. An empty list means that Cloudflare has no rows. */
  tunnelHealth(accountId: AccountId, window: HealthWindow, signal?: AbortSignal): Promise<Answer<readonly HealthRow[]>>;
  /** Traffic by tunnel over the window. An empty list means that Cloudflare has no figures for the account. */
  tunnelTraffic(
    accountId: AccountId,
    window: HealthWindow,
    signal?: AbortSignal,
  ): Promise<Answer<readonly TunnelTraffic[]>>;
}
