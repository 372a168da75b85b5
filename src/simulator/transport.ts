/**
 * The way to the simulator within one process. Answers come in the same turn of the event loop, so that a week replays
 * in seconds; answers that hang or drip wait on the clock and fail as they would on a socket.
 */
import type { Clock } from '../engine/clock.ts';
import type { HttpReply, HttpRequest, Transport } from '../engine/cloudflare/contract.ts';
import type { Millis } from '../shared/model.ts';
import type { SimReply, SimRequest } from './contract.ts';
import { dripPieces } from './faults/drip.ts';

export function inProcessTransport(handle: (request: SimRequest) => SimReply, clock: Clock): Transport {
  const pending = new Set<() => void>();
  return {
    async exchange(request) {
      if (request.signal?.aborted === true) throw aborted();
      const { pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const reply = handle({ method: request.method, path: pathname + search, headers, body: request.body });
      return travel(reply, request, clock, pending);
    },
    async close() {
      for (const end of pending) end();
    },
  };
}

async function travel(
  reply: SimReply,
  request: HttpRequest,
  clock: Clock,
  pending: Set<() => void>,
): Promise<HttpReply> {
  const wait = (delay: Millis): Promise<void> => waited(delay, request, clock, pending);
  const { act } = reply;
  switch (act.kind) {
    case 'hang':
      await wait(Infinity);
      break;
    case 'slow':
      await wait(act.delayMs);
      break;
    case 'drip':
      await wait(act.delayMs * dripPieces(reply.body.length));
      break;
    case 'reset':
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    case 'not-http':
      throw Object.assign(new Error('Parse Error: Expected HTTP/'), {
        name: 'HTTPParserError',
        code: 'HPE_INVALID_CONSTANT',
      });
    case 'truncated':
      throw named('IncompleteBodyError', 'the body broke off');
    case 'endless':
      if (act.limit > request.maxBytes) throw named('BodyTooLargeError', `more than ${request.maxBytes} bytes`);
      break;
    default:
      break;
  }
  if (reply.body.length > request.maxBytes) throw named('BodyTooLargeError', `more than ${request.maxBytes} bytes`);
  return { status: reply.status, headers: reply.headers, body: reply.body };
}

/** Waits on the clock; rejects when the deadline or the caller comes first. */
function waited(delay: Millis, request: HttpRequest, clock: Clock, pending: Set<() => void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = delay >= request.deadlineMs;
    const finish = (): void => {
      settle();
      if (late) reject(new DOMException('deadline', 'TimeoutError'));
      else resolve();
    };
    const cancel = clock.after(Math.min(delay, request.deadlineMs), finish);
    const abort = (): void => {
      settle();
      reject(aborted());
    };
    const settle = (): void => {
      cancel();
      pending.delete(abort);
      request.signal?.removeEventListener('abort', abort);
    };
    pending.add(abort);
    request.signal?.addEventListener('abort', abort, { once: true });
  });
}

function aborted(): DOMException {
  return new DOMException('called off', 'AbortError');
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
