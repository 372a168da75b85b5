/** The address of the API, checked once: the token goes there and nowhere else. */
import { err, ok, type Result } from '../../shared/result.ts';

/** Cloudflare's public API. */
export const DEFAULT_API_BASE = 'https://api.cloudflare.com/client/v4';

/** The base as a URL without a slash at its end, or one sentence that says what is wrong with it. */
export function parseApiBase(text: string): Result<URL, string> {
  if (!URL.canParse(text)) return err('The API address is not a URL.');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return err('The API address must not hold a user name or a password.');
  if (url.search !== '' || url.hash !== '') return err('The API address must end with its path.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return err(
      `The API address must begin with https; plain http is allowed to this machine alone, not to ${url.hostname}.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('The API address must begin with https.');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return ok(url);
}

/** Is this host name (as in `URL.hostname`) this very machine? */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
