/**
 * The dead man's switch: a request each so many minutes while we see. The service at the other end raises the alarm when
 * they stay away, so that somebody notices when this program, its machine or its network is gone.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Notifier } from '../contract.ts';
import type { HeldSecret } from './held-secret.ts';
import { hostOf, send, type Web } from './web.ts';

export interface HeartbeatOptions {
  readonly name: string;
  /** Often a secret: whoever has it can keep the switch quiet. */
  readonly url: HeldSecret;
  readonly method: 'GET' | 'POST';
  readonly everyMs: Millis;
}

/** Takes no notices but a test, which is one beat. */
export function heartbeatNotifier({ name, url, method, everyMs }: HeartbeatOptions, web: Web): Notifier {
  const beat = (signal: AbortSignal) =>
    send(web, { url, method, headers: {}, body: method === 'POST' ? '' : null }, signal);
  return {
    name,
    type: 'heartbeat',
    get target() {
      return hostOf(url);
    },
    kinds: ['test'],
    beat: { everyMs, send: beat },
    deliver: (_notice, _id, signal) => beat(signal),
  };
}
