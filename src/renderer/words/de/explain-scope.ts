/** Sätze darüber, wessen Störung es ist. Welche davon gelten, entscheidet `explain/scope.ts`. */
import { plural } from '../../format/number.ts';

const bothOrAll = (of: number): string => (of === 2 ? 'Beide Tunnel' : `Alle ${of} Tunnel`);

/** @param down Wie viele; `null` für alle. */
export const toEndpoint = (down: number | null, of: number, endpoint: string, sites: number): string =>
  `${down === null ? `Alle ${of} Tunnel` : `${down} von ${of} Tunneln`} zu ${endpoint} sind ausgefallen, an ${plural(sites, 'Standort', 'Standorten')}`;
export const endpointAlone = (many: string): string =>
  `${many}, während andere tragen: das sieht nach Cloudflares Seite aus.`;
export const endpointOrAll = (many: string): string =>
  `${many}: das sieht nach Cloudflares Seite aus oder nach dem ganzen eigenen Netz.`;

export const siteDown = (of: number, site: string): string =>
  `${bothOrAll(of)} von ${site} sind ausgefallen: das sieht nach dem Standort selbst aus, seinem Strom oder seinen Leitungen.`;
export const sameLine = (name: string): string =>
  `${name} trägt über dieselbe Leitung: das sieht nach Einstellungen oder Schlüsseln dieses Tunnels aus.`;
export const oneWorks = (name: string): string => `${name} am selben Standort trägt`;
export const manyWork = (of: number): string => `${of} andere Tunnel des Standorts tragen`;
/** @param names `oneWorks` oder `manyWork`. */
export const otherLine = (names: string, line: string | null): string =>
  `${names} über eine andere Leitung: das sieht nach dem Carrier von ${line ?? 'dieser Leitung'} aus oder nach diesem Tunnel allein.`;
export const thisAlone = (names: string): string => `${names}: das sieht nach diesem Tunnel allein aus.`;
export const lineDown = (of: number, line: string): string =>
  `${bothOrAll(of)} zu ${line} sind ausgefallen: das sieht nach dieser Leitung aus oder nach dem Router dahinter.`;
