/** The proxies of the system, through Chromium: it knows settings, scripts of the office and WPAD on all three systems. */
import type { Session } from 'electron';
import type { SystemProxy } from '../engine/cloudflare/way.ts';

const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  // Chromium takes the bare word for version 4, most scripts mean 5; nobody runs a server of version 4 alone any more.
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
};

/**
 * Reads an answer of a proxy script, `PROXY a:8080; SOCKS5 b:1080; DIRECT`, into URLs in order of preference; `null` stands
 * for a direct connection. What cannot be read is left out; nothing at all means direct.
 */
export function readProxyAnswer(answer: string): readonly (string | null)[] {
  const ways = answer.split(';').flatMap((part): (string | null)[] => {
    const [word = '', place = ''] = part.trim().split(/\s+/);
    if (word.toUpperCase() === 'DIRECT') return [null];
    const scheme = SCHEMES[word.toUpperCase()];
    const url = scheme === undefined || place === '' ? null : URL.parse(`${scheme}://${place}`);
    // Only host and port: an answer is no place for names and passwords.
    if (url === null || url.host === '' || url.pathname.length > 1 || url.username !== '') return [];
    return [`${scheme}://${place.toLowerCase()}`];
  });
  return ways.length === 0 ? [null] : [...new Set(ways)];
}

/** Asks the session each time: scripts answer by address, and the answer changes with the network. */
export function systemProxyOf(session: () => Pick<Session, 'resolveProxy'>): SystemProxy {
  return async (url) => readProxyAnswer(await session().resolveProxy(url.origin));
}
