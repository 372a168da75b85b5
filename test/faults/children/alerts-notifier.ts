/** The simplest of notifiers over real HTTP, for tests of the outbox: free of vitest, so that child processes can use it. */
import { request } from 'node:http';
import type { Attempt, Notifier } from '../../../src/engine/alerts/contract.ts';
import { NOTICE_KINDS } from '../../../src/shared/alerts.ts';

const failed = (sentence: string): Attempt => ({ ok: false, sentence, retry: true, retryAfterMs: null });

/** Posts `KIND INCIDENT ID` to `url`; any answer below 300 is fine. */
export function httpNotifier(name: string, url: string): Notifier {
  return {
    name,
    type: 'http',
    target: new URL(url).host,
    kinds: NOTICE_KINDS,
    deliver: (notice, id, signal) =>
      new Promise((settle) => {
        const post = request(url, { method: 'POST', signal, agent: false }, (answer) => {
          answer.resume();
          answer.on('error', () => settle(failed('The answer broke off.')));
          answer.on('end', () => {
            const code = answer.statusCode ?? 0;
            settle(code < 300 ? { ok: true, sentence: `${code}` } : failed(`Answered ${code}.`));
          });
        });
        post.on('error', (error) => settle(failed('code' in error ? `Failed with ${error.code}.` : 'Failed.')));
        post.end(`${notice.kind} ${notice.incident.id} ${id}`);
      }),
  };
}
