/** Sätze, die einen Tunnel zusammenfassen. Welche davon gelten, entscheidet `explain/summary.ts`. */

export const lastKnown = (sentence: string): string => `Zuletzt bekannt: ${sentence}`;
export const lost = (since: string, length: string): string =>
  `Der Tunnelwatch-Host hat seit ${since} nichts gesagt (${length}).`;
export const blind = (since: string, length: string, sentence: string): string =>
  `Blind seit ${since} (${length}): ${sentence}`;
export const noAnswer = 'Noch gibt es keine Antwort.';
export const stale = (age: string): string => `Die letzte Antwort ist ${age} alt.`;
export const starting = 'Die ersten Antworten sind unterwegs.';
export const unreadable = (reason: string): string =>
  `Die neueste Antwort zu diesem Tunnel war nicht lesbar; dies ist der zuletzt bekannte Stand: ${reason}`;
export const checkHost = 'Prüfen, ob der Tunnelwatch-Host läuft und erreichbar ist.';
export const restoreSight = 'Zuerst die eigene Sicht wiederherstellen; ob der Tunnel aktiv ist, ist nicht bekannt.';

/** @param head Ein Satz ohne seinen Punkt; so in allem darunter. */
export const yetBgpUp = (head: string): string =>
  `${head}, und doch ist BGP aktiv: Pakete kommen durch, womöglich sind nur die Prüfpakete gesperrt.`;
/** Ohne Punkt. */
export const bgpWithIt = (head: string): string => `${head}, und BGP ist mit ausgefallen`;
export const neverKeyed = (dead: string): string =>
  `Nie wurde ein PSK erzeugt; der Tunnel kann nicht zustande kommen. ${dead}`;
export const noneThrough = 'Kein Rechenzentrum kommt durch: das sieht nach dem Tunnel oder der Kundenseite aus.';
export const someThrough = 'Einige Rechenzentren kommen durch: das sieht nach dem Weg zu den anderen aus.';

export const nextCustomer = (endpoint: string | null): string =>
  `Prüfen, ob der Router des Kunden${endpoint === null ? '' : ` unter ${endpoint}`} Strom und Leitung hat, dann IKE und IPsec auf ihm.`;
export const nextCarrier = (endpoint: string | null): string =>
  `Beim Carrier ${endpoint === null ? 'der Leitung' : `von ${endpoint}`} nachfragen; vorher die Adresse von außerhalb des Tunnels anpingen.`;
export const nextCloudflare =
  'Cloudflares Statusseite ansehen und ein Ticket eröffnen; die Zeiten stehen in der Liste unten.';
export const nextTunnel =
  'IKE-Identität, PSK und Einstellungen dieses Tunnels mit seinem tragenden Nachbarn vergleichen; das IKE-Protokoll des Routers lesen.';

export const onlySome = (head: string, colos: string, of: number): string =>
  `${head}. Nur ${colos} ${of === 1 ? 'sieht' : 'sehen'} Verlust: wahrscheinlich liegt es nicht am eigenen Netz.`;
export const everySees = (head: string): string =>
  `${head}. Jedes Rechenzentrum sieht Verlust: das sieht nach der Leitung oder der Kundenseite aus.`;
export const carries = (where: string): string => `Der Tunnel selbst trägt Pakete: ${where}.`;

/** @param same Wie viele Befunde dieser Schwere. */
export const configured = (head: string, word: 'error' | 'warning', same: number, why: string | null): string => {
  const what = word === 'error' ? (same === 1 ? 'einen Fehler' : 'Fehler') : same === 1 ? 'eine Warnung' : 'Warnungen';
  return `${head}, aber seine Konfiguration hat ${what}${why === null ? '.' : `: ${why}`}`;
};
export const readBelow = 'Die Konfiguration unten lesen.';
export const pskIs = (age: string): string => `Der PSK ist ${age}.`;

export const healthy = 'gesund';
export const health = {
  disabled: 'Zustandsprüfungen sind aus',
  nodata: 'keine Prüfergebnisse',
  unobserved: 'Zustand nicht beobachtet',
} as const;
export const bgpUp = (since: string): string => `BGP aktiv ${since}`;
export const bgp = {
  unreported: 'BGP-Zustand nicht gemeldet',
  unknown: 'BGP in einem Zustand, den Tunnelwatch nicht kennt',
  unobserved: 'BGP nicht beobachtet',
} as const;
