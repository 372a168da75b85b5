/** Sätze über den Zustand. Welche davon gelten, entscheidet `explain/health.ts`. */
import { plural } from '../../format/number.ts';

type ColoWord = 'healthy' | 'degraded' | 'down';

const WORD: Readonly<Record<ColoWord, string>> = {
  healthy: 'gesund',
  degraded: 'beeinträchtigt',
  down: 'ausgefallen',
};

export const inOnly = (word: ColoWord): string => `${WORD[word]} im einzigen Rechenzentrum, das berichtet`;
export const inNone = (word: ColoWord, all: number): string =>
  `${WORD[word]} in keinem von ${plural(all, 'Rechenzentrum', 'Rechenzentren')}`;
export const inAll = (word: ColoWord, all: number): string => `${WORD[word]} in allen ${all} Rechenzentren`;
export const inSome = (word: ColoWord, some: number, all: number): string =>
  `${WORD[word]} in ${some} von ${all} Rechenzentren`;

export const unobserved = 'Der Zustand wird gerade nicht beobachtet.';
export const nodata =
  'Kein Rechenzentrum berichtet über den Zustand dieses Tunnels; nichts ist bekannt, und das ist nicht dasselbe wie ausgefallen.';
export const checkOn =
  'Prüfen, ob die Zustandsprüfungen an sind und das Token die Berechtigung Account Analytics Read hat.';
export const disabled =
  'Die Zustandsprüfungen sind abgeschaltet: Cloudflare sendet weiter Verkehr und kann weder warnen noch umschalten.';
export const switchOn = 'Die Zustandsprüfungen einschalten, falls das nicht Absicht ist.';

export const rekey = (isDown: boolean, since: string, every: string): string =>
  `${isDown ? 'Ausgefallen' : 'Beeinträchtigt'} ${since}: etwa um die Zeit, zu der er seine Schlüssel erneuert (${every}).`;
export const rekeyWait = (until: string): string => `Bis ${until} warten: ein Rekey-Einbruch ist dann vorbei.`;

export const pass = 'Die Zustandsprüfungen gelingen.';
/** @param where `Gesund in 12 von 14 Rechenzentren`. */
export const notIn = (where: string, others: string): string => `${where}; nicht in ${others}.`;
export const fewNormal =
  'Dass einige Rechenzentren Verlust sehen, ist üblich; es zählen nur die, in die der eigene Verkehr eintritt.';

export const between = (first: string, last: string): string => `zwischen ${first} und ${last}`;
export const byThen = (last: string): string => `bis ${last}`;
export const recovering = (back: string, when: string, share: string | null): string =>
  `Erholt sich: die Prüfungen gelingen wieder seit ${back}, und Cloudflare sollte ihn ${when} gesund nennen${share === null ? '' : ` (${share})`}.`;
export const recoveringWait = 'Warten; ein Neustart des Routers würde die Wartezeit nur von vorn beginnen lassen.';
export const recoveringHold =
  'Nach einem Ausfall führt Cloudflare einen Tunnel mindestens 5 und bis zu 30 min als beeinträchtigt.';

export const degraded = (since: string, where: string | null, worst: string | null): string =>
  `Beeinträchtigt ${since}${where === null ? '' : `: ${where}${worst === null ? '' : `; am schlimmsten in ${worst}`}`}.`;
export const compareOthers =
  'Mit anderen Tunneln in denselben Rechenzentren vergleichen; leiden sie auch, liegt es nicht am eigenen.';
export const checkLine =
  'Die Leitung auf Verlust und den Router auf Last prüfen: manche Prüfpakete kommen an und manche nicht.';

/** @param where `Ausgefallen in 12 von 14 Rechenzentren`; `null`, wenn keines berichtet. */
export const down = (where: string | null, since: string, healthy: number): string =>
  `${where ?? 'Ausgefallen'} ${since}${where !== null && healthy > 0 ? `, gesund in ${healthy}` : ''}.`;
export const routerReachable = 'Prüfen, ob der Router des Kunden erreichbar ist und ob IKE und IPsec auf ihm laufen.';
export const probeReply =
  'Prüfen, ob eine zustandsbehaftete Firewall die Prüfpakete verwirft: es sind unverlangte ICMP Echo Replies; die Art „request“ kommt durch.';
export const probeRequest = 'Prüfen, ob der Router des Kunden aus dem Tunnel heraus auf ICMP antwortet.';
export const bgpUp =
  'BGP läuft über diesen Tunnel, Pakete kommen also durch: womöglich sind nur die Prüfpakete gesperrt.';
