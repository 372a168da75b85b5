/** Wendungen geänderter Felder. */
import { plural } from './grammar.ts';

/** Ein konfiguriertes Feld, in Worten. Was hier fehlt, steht da, wie es kam. */
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
  'bgp.md5KeySet': 'BGP-MD5-Schlüssel',
  'bgp.md5Key': 'BGP-MD5-Schlüssel',
  'bgp.importFilterId': 'BGP-Importfilter',
  'bgp.exportFilterId': 'BGP-Exportfilter',
  'healthCheck.enabled': 'Zustandsprüfungen',
  'healthCheck.rate': 'Rate der Zustandsprüfungen',
  'healthCheck.type': 'Art der Zustandsprüfungen',
  'healthCheck.direction': 'Richtung der Zustandsprüfungen',
  'healthCheck.target': 'Ziel der Zustandsprüfungen',
};
export const values: Readonly<Record<'set' | 'notSet' | 'on' | 'off' | 'mid', string>> = {
  set: 'gesetzt',
  notSet: 'nicht gesetzt',
  on: 'an',
  off: 'aus',
  mid: 'mittel',
};
export const fromTo = (field: string, before: string, after: string): string => `${field} von ${before} auf ${after}`;
export const others = (count: number): string => plural(count, 'weiteres Feld', 'weitere Felder');
export const keyGone = (name: string): string => `der PSK von ${name} verschwand aus den Angaben.`;
export const newKey = (name: string): string => `${name} bekam einen neuen PSK.`;
export const recreated = (name: string): string => `${name} wurde unter neuer ID neu angelegt.`;
/** Eine neue Änderungszeit, und nichts zu sehen. */
export const unseen = (name: string): string =>
  `${name} wurde geändert; kein Feld, das die API zeigt, ist anders (vielleicht wurde ein Schlüssel gesetzt).`;
/** @param what Die Felder; leer, wenn keines genannt wird. */
export const changed = (name: string, what: string): string =>
  `die Konfiguration von ${name} wurde geändert${what === '' ? '' : `: ${what}`}.`;
