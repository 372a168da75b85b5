/** Which addresses the settings accept. */

function readUrl(written: string): URL | null {
  return URL.canParse(written) ? new URL(written) : null;
}

/** True for names and addresses of the machine itself; the brackets of an IPv6 address may be there or not. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/**
 * The API base without a trailing slash, or `null` when it may not be used. The token travels there, so it is https;
 * plain http stays on this machine (simulator, tests).
 */
export function readApiBase(written: string): string | null {
  const url = readUrl(written);
  if (url === null) return null;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return safe && plain ? url.href.replace(/\/+$/, '') : null;
}

/** True for http and https addresses, with or without a user. */
export function isProxyUrl(written: string): boolean {
  const url = readUrl(written);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}

/** True for addresses of receivers of notices. Their own kind of secret lies in the path, so that users have no place there. */
export function isReceiverUrl(written: string): boolean {
  const url = readUrl(written);
  const web = url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
  return web && url.username === '' && url.password === '' && url.hash === '';
}
