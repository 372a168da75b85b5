/** Sätze über eine BGP-Sitzung. Welche davon gelten, entscheidet `explain/bgp.ts`. */

export const unobserved = 'BGP wird gerade nicht beobachtet; über die Sitzung ist nichts bekannt.';
export const unconfigured =
  'Auf diesem Tunnel ist keine BGP-Sitzung konfiguriert; er braucht von Hand gesetzte Routen.';
export const unreported = (asn: number | null): string =>
  `BGP ist konfiguriert${asn === null ? '' : ` (AS-Nummer des Kunden ${asn})`}, aber Cloudflare meldet keinen Stand der Sitzung.`;
export const lookAtSession =
  'Die Sitzung auf dem Router des Kunden ansehen; wurde sie eben erst konfiguriert, einige Minuten warten.';
export const noReport = 'Keine Meldung ist nicht dasselbe wie ausgefallen.';
/** @param tcp `tcpUp` oder `tcpNotYet`. */
export const unknown = (raw: string, tcp: string): string =>
  `Cloudflare meldet einen BGP-Zustand, den Tunnelwatch nicht kennt („${raw}“); ${tcp}.`;
export const newerWord =
  'Die Sitzung auf dem Router des Kunden ansehen, und ob ein neueres Tunnelwatch das Wort kennt.';
export const tcpUp = 'TCP zum Nachbarn steht';
export const tcpNotYet = 'noch gibt es keine TCP-Verbindung zum Nachbarn';

export const upAtStep = (when: string, step: string): string =>
  `BGP ist ${when} als aktiv gemeldet, sein Schritt aber ist ${step}: die Angabe ist alt oder widerspricht sich.`;
export const upWithoutTcp = (when: string): string =>
  `BGP ist ${when} als aktiv gemeldet, aber ohne TCP-Verbindung: die Angabe ist alt oder widerspricht sich.`;
export const up = (when: string, peer: string | null): string =>
  `BGP ist ${when} aktiv: die Sitzung${peer === null ? '' : ` mit ${peer}`} steht.`;
export const compare = 'Die Sitzung auf dem Router des Kunden ansehen; dort steht die Wahrheit.';
export const quoted = (word: string): string => `„${word}“`;

export const connecting = (length: string, tcp: string): string =>
  `BGP verbindet sich seit ${length}; ${tcp}. Bis zu 3 min sind üblich.`;
export const waitThree = 'Warten, bis 3 min vergangen sind.';
/** @param why `noTcp` oder `noTcpHealthy`. */
export const longWithoutTcp = (when: string, why: string): string =>
  `BGP verbindet sich ${when}, länger als zwei Hold-Zeiten (3 min), und ${why}`;
/** @param why `atOpenConfirm`, `atOpenSent` oder `notAccepted`. */
export const longWithTcp = (when: string, why: string): string =>
  `BGP verbindet sich ${when}, länger als zwei Hold-Zeiten (3 min), obwohl TCP steht: ${why}`;
/** @param why `refused`, `noPacket`, `noTcp` oder `noTcpHealthy`. */
export const down = (when: string, why: string): string => `BGP ist ausgefallen ${when}: ${why}`;
export const refused =
  'TCP zum Nachbarn steht, aber die Sitzung wird abgelehnt. AS-Nummern, MD5-Schlüssel oder Fähigkeiten passen nicht zusammen.';
export const noPacket =
  'auch die Zustandsprüfungen schlagen fehl; kein Paket kommt durch, auf dem die Sitzung laufen könnte.';
export const tunnelFirst = 'Zuerst den Tunnel zurückholen; BGP folgt von selbst.';
export const noTcpHealthy =
  'es gibt keine TCP-Verbindung, obwohl die Zustandsprüfungen gelingen: der Tunnel trägt, und Port 179 antwortet nicht.';
export const noTcp = 'es gibt keine TCP-Verbindung: der Nachbar ist durch den Tunnel nicht erreichbar.';
export const atOpenConfirm = 'beide Seiten haben sich vorgestellt, aber die letzte Bestätigung kommt nicht an.';
export const atOpenSent = 'Cloudflare hat sich vorgestellt, und der Router des Kunden antwortet nicht.';
export const notAccepted = 'der Router des Kunden nimmt die Sitzung nicht an.';

export const ping = (address: string | null): string =>
  `Vom Router des Kunden aus Cloudflares Tunneladresse${address === null ? '' : ` ${address}`} über das Tunnel-Interface anpingen.`;
export const runs = (source: string | null, neighbour: string | null): string =>
  `Prüfen, ob BGP auf dem Router läuft${source === null ? '' : ` (Quelle ${source})`}, ob sein Nachbar ${
    neighbour ?? 'Cloudflares Tunneladresse'
  } ist und ob TCP-Port 179 in beide Richtungen erlaubt ist.`;
export const md5Hidden =
  'Den MD5-Schlüssel vergleichen: mit einem falschen werden Pakete verworfen, bevor TCP sich verbindet; das sieht gleich aus.';
export const compareAs = (own: number | null, remote: number): string =>
  `Die AS-Nummern auf dem Router des Kunden vergleichen: ${
    own === null ? 'eigenes AS wie hier konfiguriert' : `eigenes AS ${own}`
  }, Gegenseite AS ${remote}, sofern das Konto kein eigenes hat.`;
export const md5Compare = 'Den MD5-Schlüssel auf beiden Seiten vergleichen.';
export const md5Set = 'Den MD5-Schlüssel vergleichen: bei Cloudflare ist einer gesetzt, der Router braucht denselben.';
export const md5NotSet = 'Bei Cloudflare ist kein MD5-Schlüssel gesetzt; der Router darf keinen verwenden.';
export const lastNotification = 'Die letzte BGP-Notification im Protokoll des Routers lesen; sie nennt den Grund.';

export const alone =
  'BGP allein beweist keinen Ausfall des Verkehrs: Pakete können auf den letzten oder auf statischen Routen weiterlaufen.';
export const carries = 'Die Zustandsprüfungen gelingen; der Tunnel selbst trägt Pakete.';
