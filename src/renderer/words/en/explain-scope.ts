/** Sentences about whose trouble it is. Which of them hold is decided in `explain/scope.ts`. */
import { plural } from '../../format/number.ts';

const bothOrAll = (of: number): string => (of === 2 ? 'Both tunnels' : `All ${of} tunnels`);

/** @param down How many; `null` for all. */
export const toEndpoint = (down: number | null, of: number, endpoint: string, sites: number): string =>
  `${down === null ? 'All' : `${down} of`} ${plural(of, 'tunnel', 'tunnels')} to ${endpoint} are down, over ${plural(sites, 'site', 'sites')}`;
export const endpointAlone = (many: string): string => `${many}, while others work: this looks like Cloudflare’s side.`;
export const endpointOrAll = (many: string): string =>
  `${many}: this looks like Cloudflare’s side or your whole network.`;

export const siteDown = (of: number, site: string): string =>
  `${bothOrAll(of)} of ${site} are down: this looks like the site itself, its power or its lines.`;
export const sameLine = (name: string): string =>
  `${name} works over the same line: this looks like this tunnel’s own settings or keys.`;
export const oneWorks = (name: string): string => `${name} of the same site works`;
export const manyWork = (of: number): string => `${of} other tunnels of the site work`;
/** @param names `oneWorks` or `manyWork`. */
export const otherLine = (names: string, line: string | null): string =>
  `${names} over another line: this looks like the carrier of ${line ?? 'this line'}, or this tunnel alone.`;
export const thisAlone = (names: string): string => `${names}: this looks like this tunnel alone.`;
export const lineDown = (of: number, line: string): string =>
  `${bothOrAll(of)} to ${line} are down: this looks like that line or the router behind it.`;
