/**
 * The doors between the desktop's main process and its window: every channel with what goes in and what comes back.
 * Imports types alone, so that the sandboxed preload can bundle it; a channel that is missing from a contract, or a
 * contract without a channel, does not compile.
 */
import type { CallError, CallName, CallResult, HostMessage } from './bridge.ts';

/** What every request is answered with: trouble is a value. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

/** Names one subscription within its document. */
export interface SubscriptionRef {
  readonly subscription: number;
}

/** A question of the renderer; the host checks both halves. */
export interface CallRequest {
  readonly name: string;
  readonly args: unknown;
}

/** A message of the host on its way to one subscription. */
export interface PushedMessage {
  readonly subscription: number;
  readonly message: HostMessage;
}

/** Requests: window to main process, answered once. */
export interface Requests {
  readonly subscribe: { request: SubscriptionRef; reply: Reply<null> };
  readonly unsubscribe: { request: SubscriptionRef; reply: Reply<null> };
  readonly call: { request: CallRequest; reply: CallResult<CallName> };
}
export type RequestName = keyof Requests;

/** Pushes: main process to window, never answered. */
export interface Pushes {
  readonly message: PushedMessage;
}
export type PushName = keyof Pushes;

/** The name on the wire of each request. */
export const REQUEST_CHANNELS = {
  subscribe: 'tunnelwatch:subscribe',
  unsubscribe: 'tunnelwatch:unsubscribe',
  call: 'tunnelwatch:call',
} as const satisfies Record<RequestName, `tunnelwatch:${RequestName}`>;

/** The name on the wire of each push. */
export const PUSH_CHANNELS = {
  message: 'tunnelwatch:message',
} as const satisfies Record<PushName, `tunnelwatch:${PushName}`>;

/** The one name that the preload adds to the window's globals; its value is a `Bridge`. */
export const BRIDGE_GLOBAL = 'tunnelwatch';
