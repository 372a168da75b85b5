/**
 * Which proxy, if any. The setting wins over the environment; lower-case variables win over upper-case ones, as with curl.
 * Loopback addresses are always reached directly, so that practice mode works behind an office proxy.
 */
import { isLoopback } from './api-base.ts';

export interface ProxyEnvironment {
  readonly [name: string]: string | undefined;
}

interface Bypass {
  /** Without the leading `*.` or dot, in lower case; `*` is everything. */
  readonly host: string;
  readonly port: string | null;
  /** `*.example.com` means the names below, not `example.com` itself. */
  readonly below: boolean;
}

export interface ProxyRules {
  readonly proxy: string | null;
  readonly noProxy: string | null;
  readonly env: ProxyEnvironment;
}

/** Decides for each address: the URL of the proxy, or `null` for a direct connection. */
export function createProxyChooser(rules: ProxyRules): (url: URL) => string | null {
  const saidFor = createProxyRules(rules);
  return (url) => saidFor(url) ?? null;
}

/** The same, with `undefined` where neither settings nor environment say anything. */
export function createProxyRules(options: ProxyRules): (url: URL) => string | null | undefined {
  const { env } = options;
  const forHttps = options.proxy ?? pick(env, 'https_proxy') ?? pick(env, 'all_proxy');
  const forHttp = options.proxy ?? pick(env, 'http_proxy') ?? pick(env, 'all_proxy');
  const bypasses = parseNoProxy(options.noProxy ?? pick(env, 'no_proxy') ?? '');
  return (url) => {
    const proxy = url.protocol === 'https:' ? forHttps : forHttp;
    if (isLoopback(url.hostname) || bypasses.some((bypass) => covers(bypass, url))) return null;
    if (proxy === null) return undefined;
    return proxy.includes('://') ? proxy : `http://${proxy}`;
  };
}

function pick(env: ProxyEnvironment, name: string): string | null {
  return env[name] || env[name.toUpperCase()] || null;
}

function parseNoProxy(text: string): Bypass[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      // [v6]:port, [v6], name:port, name; a bare IPv6 address has several colons and no port.
      const [, bracketed, named, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
      const host = bracketed ?? named ?? entry;
      return {
        host: host.replace(/^\*?\.(?=.)/, '').replace(/\.$/, ''),
        port: port ?? null,
        below: host.startsWith('*.'),
      };
    });
}

function covers(bypass: Bypass, url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (bypass.port !== null && bypass.port !== port) return false;
  if (bypass.host === '*') return true;
  const host = url.hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return (!bypass.below && host === bypass.host) || host.endsWith(`.${bypass.host}`);
}
