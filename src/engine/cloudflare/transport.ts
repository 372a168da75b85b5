/**
 * The way to Cloudflare over sockets, by undici. Keep-alive, HTTP/1.1, no redirects, one deadline over the whole exchange,
 * a cap on the decoded size of the body, proxies, and certificate checks that nothing can turn off.
 */
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import { Agent, type Dispatcher, Pool, ProxyAgent, Socks5ProxyAgent } from 'undici';
import type { Millis } from '../../shared/model.ts';
import { type Clock, systemClock } from '../clock.ts';
import { readBody } from './body.ts';
import type { HttpReply, HttpRequest, Transport } from './contract.ts';
import { ProxyRefusedError } from './fault-of-error.ts';
import type { ProxyEnvironment } from './proxy.ts';
import { createWayChooser, type SystemProxy } from './way.ts';

export interface UndiciTransportOptions {
  /** The proxy of the settings; wins over the environment. `null`: the environment decides. */
  readonly proxy: string | null;
  /** Hosts that are reached directly, in the syntax of `NO_PROXY`; wins over the environment. */
  readonly noProxy: string | null;
  /** Certificates of further authorities, PEM, one each (`readCaPem`); trusted besides those of Node and the system. */
  readonly ca: readonly string[] | null;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are looked up; usually `process.env`. */
  readonly env: ProxyEnvironment;
  /** The proxies of the system, asked where settings and environment say nothing; `null` where there is no asking. */
  readonly systemProxy?: SystemProxy | null;
  /** How names become addresses; `null` is the system's resolver. */
  readonly lookup?: LookupFunction | null;
  /** Runs the deadlines. */
  readonly clock?: Clock;
}

/** How long an idle connection is kept: longer than the slowest usual round, shorter than Cloudflare's 400 s. */
const KEEP_ALIVE_MS: Millis = 90_000;
const CONNECT_TIMEOUT_MS: Millis = 10_000;
/** The list, health, and eight close watches of an account, and room for a second account. */
const CONNECTIONS = 16;

/** A transport over real sockets. `close()` waits for nothing: what is under way ends with an error. */
export function createUndiciTransport(options: UndiciTransportOptions): Transport {
  const clock = options.clock ?? systemClock();
  const ways = createWayChooser(options, clock);
  const routes = new Map<string, Dispatcher>();
  let usedAt = clock.now();
  let trust: tls.SecureContext | null = null;

  const dispatcherFor = (url: URL, proxy: string | null): Dispatcher => {
    const name = `${proxy ?? 'direct'} ${url.protocol}`;
    let route = routes.get(name);
    if (route === undefined) {
      if (url.protocol === 'https:' && trust === null) trust = trustedAuthorities(options.ca ?? []);
      route = createRoute(proxy, trust, options.lookup ?? null);
      routes.set(name, route);
    }
    return route;
  };

  /** After sleep or a change of network pooled connections can be dead without a sign: begin anew. */
  const dropRoute = (route: Dispatcher): void => {
    for (const [name, known] of routes) if (known === route) routes.delete(name);
    route.close().catch(() => {});
  };

  /** Timers stand still in sleep, so idle connections outlive it though nobody at their other end remembers them. */
  const dropAfterSleep = (): void => {
    const now = clock.now();
    if (Math.abs(now - usedAt) > KEEP_ALIVE_MS) for (const route of [...routes.values()]) dropRoute(route);
    usedAt = now;
  };

  return {
    async exchange(request) {
      dropAfterSleep();
      const url = new URL(request.url);
      const proxy = await ways.choose(url);
      const route = dispatcherFor(url, proxy);
      try {
        return await exchange(route, request, clock);
      } catch (error) {
        ways.failed(proxy, error);
        if (error instanceof Error && error.name === 'TimeoutError') dropRoute(route);
        throw error;
      }
    },
    async close() {
      const all = [...routes.values()];
      routes.clear();
      await Promise.all(all.map((route) => route.destroy()));
    },
  };
}

function createRoute(proxy: string | null, trust: tls.SecureContext | null, lookup: LookupFunction | null): Dispatcher {
  const sockets = { ...(trust === null ? {} : { secureContext: trust }), ...(lookup === null ? {} : { lookup }) };
  const common = {
    allowH2: false,
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
  };
  const connect = { ...sockets, timeout: CONNECT_TIMEOUT_MS };
  if (proxy === null) return new Agent({ ...common, connect });
  // With TLS options for the proxy undici would speak TLS to it, which SOCKS does not.
  if (/^socks5?:/.test(proxy)) {
    return new Socks5ProxyAgent(proxy, { requestTls: sockets, connectTimeout: CONNECT_TIMEOUT_MS });
  }
  return new ProxyAgent({
    ...common,
    uri: proxy,
    // Always a tunnel: a proxy that forwards would read the token.
    proxyTunnel: true,
    requestTls: sockets,
    proxyTls: sockets,
    // Its answer to CONNECT is waited for here, and 300 s by default.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: CONNECT_TIMEOUT_MS }),
  });
}

/** The exchange within its deadline, and until the caller calls it off. */
async function exchange(route: Dispatcher, request: HttpRequest, clock: Clock): Promise<HttpReply> {
  const ender = new AbortController();
  const onAbort = (): void => ender.abort(new DOMException('called off', 'AbortError'));
  if (request.signal?.aborted === true) onAbort();
  request.signal?.addEventListener('abort', onAbort, { once: true });
  const cancel = clock.after(request.deadlineMs, () => ender.abort(new DOMException('deadline', 'TimeoutError')));
  try {
    // undici hears the signal only once the connection stands; a proxy or a network that swallows us must not wait longer.
    const ended = new Promise<never>((_, reject) => {
      const end = (): void => reject(ender.signal.reason);
      if (ender.signal.aborted) end();
      else ender.signal.addEventListener('abort', end, { once: true });
    });
    return await Promise.race([converse(route, request, ender.signal), ended]);
  } catch (error) {
    if (ender.signal.aborted) throw ender.signal.reason;
    throw proxyRefusal(error) ?? error;
  } finally {
    cancel();
    request.signal?.removeEventListener('abort', onAbort);
  }
}

async function converse(route: Dispatcher, request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const url = new URL(request.url);
  const answer = await route.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: { ...request.headers, 'accept-encoding': 'gzip, br' },
    body: request.body,
    signal,
    // The signal ends the exchange; these two only keep undici's 300 s from meaning anything.
    headersTimeout: request.deadlineMs + 1000,
    bodyTimeout: request.deadlineMs + 1000,
  });
  const headers = flatten(answer.headers);
  const body = await readBody(answer.body, headers['content-encoding'], request.maxBytes, signal);
  return { status: answer.statusCode, headers, body };
}

/** undici tells a refused CONNECT only by its message. */
function proxyRefusal(error: unknown): ProxyRefusedError | null {
  if (!(error instanceof Error)) return null;
  const status = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  return status === undefined ? null : new ProxyRefusedError(Number(status), { cause: error });
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/**
 * Everybody Node trusts, everybody the system trusts (an office that inspects TLS puts its authority there) and those of
 * the settings. Built once: reading the system's store takes tens of milliseconds.
 */
export function trustedAuthorities(extra: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: [...new Set([...known('default'), ...known('system'), ...extra])] });
}

/** A store that cannot be read (Electron's TLS library knows not all of them) is left out; the others remain. */
function known(store: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(store);
  } catch {
    return store === 'default' ? tls.rootCertificates : [];
  }
}
