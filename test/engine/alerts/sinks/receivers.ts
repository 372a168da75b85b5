/** Receivers on the web, as they are on good days and on bad ones. */
import type { ServerResponse } from 'node:http';
import { type HeldSecret, heldSecret } from '../../../../src/engine/alerts/sinks/held-secret.ts';
import type { Web } from '../../../../src/engine/alerts/sinks/web.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { memoryVault } from '../../../../src/engine/credentials/vault.ts';
import { type Seen, type Site, site, transport } from '../../cloudflare/loopback.ts';

/** How a receiver behaves next. */
export type Mood =
  | 'good'
  | 'bad-request'
  | 'unknown-key'
  | 'busy'
  | 'broken'
  | 'hangs'
  | 'closes'
  | 'redirects'
  | 'garbage'
  | 'echo';

export const CANARY = 'canary-5f2d9c81-e07b';

export interface WebReceiver extends Site {
  readonly origin: string;
  be(mood: Mood): void;
}

/** `good` answers as the real receiver does. */
export async function webReceiver(good: (seen: Seen, response: ServerResponse) => void): Promise<WebReceiver> {
  let mood: Mood = 'good';
  const status = (response: ServerResponse, code: number, text: string, headers: Record<string, string> = {}): void => {
    response.writeHead(code, { 'content-type': 'text/plain', ...headers });
    response.end(text);
  };
  const server = await site((seen, response) => {
    switch (mood) {
      case 'good':
        return good(seen, response);
      case 'bad-request':
        return status(response, 400, 'invalid_payload');
      case 'unknown-key':
        return status(response, 403, 'unknown key');
      case 'busy':
        return status(response, 429, 'slow down', { 'retry-after': '7' });
      case 'broken':
        return status(response, 503, 'upstream gone');
      case 'hangs':
        return;
      case 'closes':
        response.destroy();
        return;
      case 'redirects':
        return status(response, 302, '', { location: `http://127.0.0.1:${server.port}/elsewhere` });
      case 'garbage':
        return status(response, 200, '<!DOCTYPE html><html><body>Please log in</body></html>');
      case 'echo':
        return status(response, 422, `${seen.url} ${JSON.stringify(seen.headers)} ${seen.body}`);
    }
  });
  return {
    ...server,
    origin: `http://127.0.0.1:${server.port}`,
    be(next) {
      mood = next;
    },
  };
}

/** The way out of the tests. */
export function web(): Web {
  return { transport: transport(), clock: systemClock(), userAgent: 'tunnelwatch/1.2.3', deadlineMs: 60_000 };
}

/** A secret as it is held in real life, out of the environment. */
export function secret(value: string): HeldSecret {
  const places = { env: { SECRET: value }, vault: memoryVault() };
  return heldSecret({ env: 'SECRET' }, places, 'password', () => {});
}
