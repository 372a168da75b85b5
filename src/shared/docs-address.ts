/** Addresses of documentation that a link may lead to: those that rules rest on, and no others. */

/** Hosts that the rules cite. */
const HOSTS: ReadonlySet<string> = new Set([
  'developers.cloudflare.com',
  'blog.cloudflare.com',
  'www.rfc-editor.org',
  'datatracker.ietf.org',
  'www.iana.org',
]);

/**
 * The address as it may be opened, or `null`: https, a known host, the usual port, no user, and no query that could carry
 * anything away.
 */
export function docsAddress(text: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || !HOSTS.has(url.hostname) || url.port !== '') return null;
  return url.username === '' && url.password === '' && url.search === '' ? url : null;
}
