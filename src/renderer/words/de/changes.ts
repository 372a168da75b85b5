/** Worte der Ansicht dessen, was sich geändert hat. */
import type { ConfigEventKind } from '../../../shared/lint.ts';
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { calendarDate, clockTime } from '../../format/time.ts';

export const title = 'Was sich geändert hat';
export const loading = 'Die Änderungen werden gelesen …';
export const failed = 'Die Änderungen waren nicht lesbar.';
export const retry = 'Erneut versuchen';
export const older = 'Ältere zeigen';
export const clear = 'Filter leeren';
export const listLabel = 'Änderungen, neueste zuerst';
export const empty = 'Noch ist keine Änderung verzeichnet.';
export const emptyMore =
  'Eine geänderte Konfiguration, ein neuer PSK, Tunnel, die kommen und gehen: all das steht hier, sobald Tunnelwatch es sieht.';
export const noMatch = 'Keine Änderung passt zu den Filtern.';
export const noMatchYet = 'Bisher passt keine Änderung zu den Filtern.';
export const whoNote =
  'Cloudflare sagt, wann ein Tunnel geändert wurde, nicht von wem; das steht in den Audit-Logs dort.';

export const accountLabel = 'Konto';
export const allAccounts = 'Alle Konten';
export const kindLabel = 'Art der Änderung';
export const allKinds = 'Alle Arten';
export const fieldLabel = 'Feld';
export const allFields = 'Alle Felder';
export const search = 'Tunnel, Wert suchen';
export const searchLabel = 'Änderungen suchen';
/** Auf dem Knopf, der den Filter auf einen Tunnel beendet. */
export const onlyTunnel = (name: string): string => `Nur ${name}`;
export const onlyTunnelTitle = 'Wieder alle Tunnel zeigen';

export const kinds: Readonly<Record<ConfigEventKind, string>> = {
  'config-changed': 'Konfiguration geändert',
  'psk-changed': 'neuer PSK',
  'tunnel-appeared': 'Tunnel hinzugekommen',
  'tunnel-disappeared': 'Tunnel verschwunden',
  'tunnel-renamed': 'Tunnel umbenannt',
  'tunnel-recreated': 'Tunnel neu angelegt',
};
export const pskGone = 'PSK nicht mehr gemeldet';
export const recreatedNote = 'Die IKE-Identität am Router muss folgen: sie enthält die Tunnel-ID.';
/** Eine neue Änderungszeit, und kein Feld, das die API zeigt, hat einen anderen Wert. */
export const nothingShown =
  'Kein Feld, das die API zeigt, hat einen anderen Wert. Es kann ein PSK gewesen sein oder ein Feld, das Cloudflare nicht meldet.';

export const day = { today: 'Heute', yesterday: 'Gestern', other: (at: Instant): string => calendarDate(at) } as const;
export const columns = { field: 'Feld', before: 'Vorher', after: 'Nachher' } as const;
export const diffCaption = 'Was sich geändert hat, Feld für Feld';
export const sign = { added: 'hinzugekommen', removed: 'entfernt', changed: 'geändert' } as const;
export const notSet = 'nicht gesetzt';
export const emptyValue = 'leer';
export const on = 'an';
export const off = 'aus';
export const set = 'gesetzt';
export const more = (fields: number): string => `und ${plural(fields, 'weiteres Feld', 'weitere Felder')}`;

/** `geändert bei Cloudflare um 10:01, hier 40 s später gesehen`. */
export function seen(at: Instant, modifiedAt: Instant): string {
  if (at <= modifiedAt) return `geändert bei Cloudflare um ${clockTime(modifiedAt)}`;
  return `geändert bei Cloudflare um ${clockTime(modifiedAt)}, hier ${duration(at - modifiedAt)} später gesehen`;
}

/** Die eingestellten Felder, und was sonst ein Vorher und Nachher haben kann. */
export const fields: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Beschreibung',
  cloudflareEndpoint: 'Cloudflare-Endpunkt',
  customerEndpoint: 'Kunden-Endpunkt',
  interfaceAddress: 'Interface-Adresse',
  interfaceAddress6: 'IPv6-Interface-Adresse',
  allowNullCipher: 'Null-Chiffre',
  automaticReturnRouting: 'automatische Rückwege',
  replayProtection: 'Replay-Schutz',
  fqdnId: 'FQDN-Identität',
  'bgp.customerAsn': 'AS-Nummer des Kunden',
  'bgp.extraPrefixes': 'weitere BGP-Präfixe',
  'bgp.md5KeySet': 'MD5-Schlüssel für BGP',
  'bgp.md5Key': 'MD5-Schlüssel für BGP',
  'bgp.importFilterId': 'BGP-Importfilter',
  'bgp.exportFilterId': 'BGP-Exportfilter',
  'healthCheck.enabled': 'Zustandsprüfung',
  'healthCheck.rate': 'Rate der Zustandsprüfung',
  'healthCheck.type': 'Art der Zustandsprüfung',
  'healthCheck.direction': 'Richtung der Zustandsprüfung',
  'healthCheck.target': 'Ziel der Zustandsprüfung',
  pskGeneratedAt: 'PSK erzeugt',
  id: 'Tunnel-ID',
};
