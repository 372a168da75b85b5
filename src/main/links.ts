/**
 * The one way out into the browser: by the name of a page that is written down here, or to a page of documentation that a
 * rule rests on. Nobody hands in any other address.
 */
import { shell } from 'electron';
import { docsAddress } from '../shared/docs-address.ts';

/** Pages of documentation, by what they are about. */
export const LINKS = {
  tunnelHealth: 'https://developers.cloudflare.com/cloudflare-wan/reference/tunnel-health-checks/',
  ipsec: 'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/',
  endpoints:
    'https://developers.cloudflare.com/cloudflare-wan/configuration/manually/how-to/configure-tunnel-endpoints/',
  tokens: 'https://developers.cloudflare.com/fundamentals/api/get-started/create-token/',
  status: 'https://www.cloudflarestatus.com/',
} as const;
export type LinkName = keyof typeof LINKS;

/** Opens one of the pages; another name opens nothing. */
export function openLink(name: string): void {
  const url = Object.hasOwn(LINKS, name) ? LINKS[name as LinkName] : undefined;
  if (url !== undefined) out(url);
}

/** Opens a page of documentation that our page links to; any other address opens nothing. */
export function openDocs(address: string): void {
  const url = docsAddress(address);
  if (url !== null) out(url.href);
}

function out(url: string): void {
  void shell.openExternal(url).catch(() => undefined);
}
