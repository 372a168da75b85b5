import type { Bridge, CallName, CallResult, HostMessage } from '../../shared/bridge.ts';
import type { Millis } from '../../shared/model.ts';
import type { PageClock } from '../state/page-clock.ts';
import * as words from '../words/index.ts';
import { type Open, watched } from './watchdog.ts';

/** What the HTTP bridge needs of the browser. */
export interface HttpPage {
  readonly EventSource: typeof EventSource;
  fetch(address: string, init?: RequestInit): Promise<Response>;
}

const FIRST_RETRY_MS: Millis = 1_000;
const LAST_RETRY_MS: Millis = 15_000;
/** A call that takes longer is given up; the reader can ask again. */
const CALL_TIMEOUT_MS: Millis = 20_000;
/** A week is lived through first; a slow machine takes its time over that. */
const PRACTICE_TIMEOUT_MS: Millis = 180_000;
/** Cloudflare is asked several questions, and a keychain may wait for its user. */
const SETTINGS_TIMEOUT_MS: Millis = 120_000;
const TIMEOUTS: ReadonlyMap<CallName, Millis> = new Map([
  ['startPractice', PRACTICE_TIMEOUT_MS],
  ['checkAccount', SETTINGS_TIMEOUT_MS],
  ['addAccount', SETTINGS_TIMEOUT_MS],
  ['setToken', SETTINGS_TIMEOUT_MS],
  ['removeAccount', SETTINGS_TIMEOUT_MS],
  ['saveSettings', SETTINGS_TIMEOUT_MS],
  ['saveSettingsText', SETTINGS_TIMEOUT_MS],
]);

/** The bridge of a browser: server-sent events from `/events`, calls by `POST /api/<name>`. */
export function httpBridge(browser: HttpPage, clock: PageClock, page: Document | null): Bridge {
  return {
    subscribe: watched(eventStream(browser, clock), clock, page),
    call: (name, args) => post(browser, name, args),
  };
}

/** One event stream that survives refusals: the browser itself retries broken connections, but gives up on an HTTP error. */
function eventStream(browser: HttpPage, clock: PageClock): Open {
  return ({ deliver, trouble }) => {
    let wait = FIRST_RETRY_MS;
    let closed = false;
    let cancelRetry = (): void => {};
    let source: EventSource;

    const open = (): void => {
      source = new browser.EventSource('/events');
      source.onmessage = (event: MessageEvent<string>) => {
        const message = parse(event.data);
        if (message === null || closed) return;
        wait = FIRST_RETRY_MS;
        deliver(message);
      };
      source.onerror = () => {
        if (source.readyState !== browser.EventSource.CLOSED || closed) return;
        void explain(browser, (reason, certain) => closed || trouble(reason, certain));
        cancelRetry = clock.after(wait, open);
        wait = Math.min(wait * 2, LAST_RETRY_MS);
      };
    };

    open();
    return () => {
      closed = true;
      cancelRetry();
      source.close();
    };
  };
}

/** An event stream does not tell why it was refused; asking once more does. */
async function explain(browser: HttpPage, tell: (reason: string, certain: boolean) => void): Promise<void> {
  const abort = new AbortController();
  try {
    const { status } = await browser.fetch('/events', { signal: abort.signal, cache: 'no-store' });
    const refused = status === 401 || status === 403;
    tell(refused ? words.shell.lostReasons.unauthorised : words.shell.lostReasons.closed, refused);
  } catch {
    tell(words.shell.lostReasons.closed, false);
  } finally {
    abort.abort();
  }
}

async function post<N extends CallName>(browser: HttpPage, name: N, args: unknown): Promise<CallResult<N>> {
  try {
    const response = await browser.fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(TIMEOUTS.get(name) ?? CALL_TIMEOUT_MS),
    });
    if (response.status === 401) {
      return { ok: false, error: { kind: 'not-allowed', sentence: words.shell.lostReasons.unauthorised } };
    }
    const result: unknown = await response.json();
    if (isCallResult<N>(result)) return result;
    return { ok: false, error: { kind: 'failed', sentence: words.shell.oddReply } };
  } catch (cause) {
    const sentence = cause instanceof SyntaxError ? words.shell.oddReply : words.shell.unreachable;
    return { ok: false, error: { kind: 'unreachable', sentence } };
  }
}

/** Boundary: the host speaks the contract of shared/bridge.ts; only the outer shape is looked at. */
function isCallResult<N extends CallName>(value: unknown): value is CallResult<N> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true ? 'value' in value : 'error' in value;
}

const TYPES: ReadonlySet<string> = new Set<HostMessage['type']>(['board', 'delta', 'pulse', 'wall']);

/** Boundary, as above. `null`: not a message of ours, or one of a newer host. */
function parse(data: string): HostMessage | null {
  try {
    const message: HostMessage = JSON.parse(data);
    return typeof message === 'object' && message !== null && TYPES.has(message.type) ? message : null;
  } catch {
    return null;
  }
}
