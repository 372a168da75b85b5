/** Wendungen der Titel und der Sätze darunter. */
import type { Cause } from '../../alerts.ts';
import { plural } from './grammar.ts';

/** `12 von 12 Tunneln`. */
export const share = (failing: number, of: number): string => `${failing} von ${plural(of, 'Tunnel', 'Tunneln')}`;
export const accounts = (count: number): string => plural(count, 'Konto', 'Konten');
/** Welche Tunnel gemeint sind. `where` ist eine Adresse, ein Standort oder ein Konto. */
export const whose = (kind: Cause['kind'], where: string): string =>
  kind === 'cloudflare-endpoint' ? `zu ${where}` : `von ${where}`;
/** Tunnel, deren Zahl nichts sagt. */
export const tunnels = (whose: string): string => `Tunnel ${whose}`;
export const app = 'Tunnelwatch';

export const healthBlind = (accounts: string): string => `Prüfergebnisse von ${accounts} sind nicht lesbar`;
export const healthWasBlind = (accounts: string): string => `Prüfergebnisse von ${accounts} waren nicht lesbar`;
export const isolated = (site: string, share: string, does: string): string =>
  `${site} ist abgeschnitten: ${share} ${does}`;

export const ended: Readonly<Record<'account' | 'tunnel' | 'rule', string>> = {
  account: 'Sein Konto steht nicht mehr in den Einstellungen: ob die Störung andauert, ist nicht bekannt.',
  tunnel: 'Der Tunnel ist nicht mehr im Konto.',
  rule: 'Die Einstellungen fragen dort nicht mehr nach dieser Regel: ob die Störung andauert, wird nicht gesagt.',
};

export const merged = (statement: string): string => `Teil eines größeren Vorfalls: ${statement}`;
export const unwatched = (statement: string): string => `Nicht mehr beobachtet: ${statement}`;
export const resolved = (statement: string): string => `Behoben: ${statement}`;
export const recovering = (statement: string): string => `In Erholung: ${statement}`;

export const noOthers = (kind: 'cloudflare-endpoint' | 'customer-endpoint'): string =>
  kind === 'cloudflare-endpoint'
    ? 'Das Konto hat keine Tunnel zu anderen Endpunkten.'
    : 'Das Konto hat keine Tunnel von anderen Kunden-Endpunkten.';
export const othersFine = (kind: 'cloudflare-endpoint' | 'customer-endpoint'): string =>
  kind === 'cloudflare-endpoint'
    ? 'Alle anderen Endpunkte sind in Ordnung.'
    : 'Alle anderen Kunden-Endpunkte sind in Ordnung.';
export const elsewhere = (failing: number, of: number): string =>
  `Anderswo ${failing === 1 ? 'ist' : 'sind'} ebenfalls ${failing} von ${plural(of, 'Tunnel', 'Tunneln')} gestört.`;

/** @param since `seit 10:02 (4 min)`. */
export const noneLeftLater = (since: string): string =>
  `Kein Tunnel des Standorts ist übrig ${since}; die Störung dort begann früher.`;
export const noneLeft = 'Kein Tunnel des Standorts ist übrig.';
/** @param site `null`: irgendein Standort. */
export const siteHasNone = (site: string | null): string => `${site ?? 'Ein Standort'} hat keinen Tunnel mehr.`;
export const lastTunnel = 'Der Standort läuft auf seinem letzten Tunnel.';
export const lastTunnels = 'Standorte laufen auf ihrem letzten Tunnel.';
export const standby = 'Es ist eine Reserve: niemand spürt ihren Verlust, bis sie gebraucht wird.';

export const bgpAlone = 'BGP allein beweist keinen Ausfall des Verkehrs.';
export const stillPass = 'Die Zustandsprüfungen gelingen noch; Pakete kommen durch.';
export const holds =
  'Es erholt sich: nach einem Ausfall führt Cloudflare einen Tunnel 5 bis 30 min als beeinträchtigt.';
export const mayHold =
  'Es erholt sich: das Ende wird gemeldet, wenn es dabei bleibt. Cloudflare führt den Zustand womöglich 5 bis 30 min als beeinträchtigt.';
export const overForNow = 'Für den Augenblick ist es vorbei; das Ende wird gemeldet, wenn es dabei bleibt.';

export const bgpStillWatched =
  'BGP und Schlüssel werden weiter beobachtet; ob die Zustandsprüfungen gelingen, ist solange nicht bekannt.';
export const nothingKnown = (accounts: number): string =>
  `Über ${accounts === 1 ? 'seine' : 'ihre'} Tunnel ist solange nichts bekannt; der zuletzt bekannte Stand bleibt.`;

/** @param change Ein Satz: `die Konfiguration von paris-1 wurde geändert.` */
export const changedAtOnce = (change: string): string => `Etwa zur selben Zeit: ${change}`;
export const changedBefore = (length: string, change: string): string => `${length} zuvor: ${change}`;

export const happened = (time: string): string => `Es geschah um ${time}.`;
export const happens = (time: string, length: string): string => `Um ${time} (vor ${length}).`;
export const lasted = (exact: boolean, length: string, from: string, to: string): string =>
  exact
    ? `Es dauerte ${length}, von ${from} bis ${to}.`
    : `Es dauerte mindestens ${length}, von vor ${from} bis ${to}.`;
export const wasOpen = (from: string, to: string): string => `Offen war es von ${from} bis ${to}.`;
export const cameBack = (times: number): string => `Es kam ${times === 1 ? 'einmal' : `${times}-mal`} wieder.`;
export const goesOnIn = (id: string): string => `Die Ursache ist dieselbe wie bei ${id}; dort geht es weiter.`;
export const unseen = 'Gerade nicht zu sehen: dies ist der zuletzt bekannte Stand.';
