/** Who may talk to the server: checks of Host, Origin and Sec-Fetch-Site, and the headers that every reply carries. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from '../engine/settings/url.ts';
import { CSP } from '../shared/csp.ts';

/** On every reply, whatever it is. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The host name out of a Host header, without port and brackets; `null` when it is not a plain `name:port`. */
function hostName(header: string | undefined): string | null {
  if (header === undefined || !/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(header)) return null;
  return header
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

/**
 * Makes the Host check. A page of a foreign site can point its own name at 127.0.0.1 (DNS rebinding), so only names
 * that are known to be ours are served. An open server is known by any address too: a rebound name is no address.
 */
export function hostCheck(listen: string, names: readonly string[]): (header: string | undefined) => boolean {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const open = !isLoopbackHost(listen);
  if (open) known.add(listen.toLowerCase());
  return (header) => {
    const name = hostName(header);
    if (name === null) return false;
    return isLoopbackHost(name) || known.has(name) || (open && isIP(name) !== 0);
  };
}

/** False when a browser says that the request comes from a page of another origin. Other programs say nothing. */
export function sameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase().replace(/:80$/, '');
}
