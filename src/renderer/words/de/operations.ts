/** Was ein Konto ändert: Formulare, Pläne, Ergebnisse, das Änderungsprotokoll. */
import type { AuditEntry, OperationKind, OperationState } from '../../../shared/operations.ts';
import { plural } from '../../format/number.ts';

export const title = 'Von hier aus geändert';

export const tabs = {
  label: 'Was zu tun ist',
  audit: 'Änderungsprotokoll',
  create: 'Neuer Tunnel',
  'bulk-update': 'Mehrere ändern',
  'psk-set': 'PSKs setzen',
} as const;

export const kinds: Readonly<Record<AuditEntry['kind'], string>> = {
  create: 'Tunnel angelegt',
  update: 'Tunnel geändert',
  'bulk-update': 'Mehrere Tunnel geändert',
  delete: 'Tunnel gelöscht',
  'psk-generate': 'PSK erzeugt',
  'psk-set': 'PSKs gesetzt',
  unlock: 'Entsperrt',
  lock: 'Gesperrt',
  'set-write-token': 'Schreib-Token hinterlegt',
  'remove-write-token': 'Schreib-Token entfernt',
};

export const states: Readonly<Record<OperationState | 'begun', string>> = {
  done: 'Erledigt',
  partial: 'Zum Teil erledigt',
  refused: 'Abgelehnt',
  clash: 'Inzwischen geändert',
  unknown: 'Ausgang unbekannt',
  'not-sent': 'Nicht gesendet',
  begun: 'Begonnen, kein Ausgang vermerkt',
};

export const pages = {
  create: 'Neuer Tunnel',
  update: (name: string): string => `${name} ändern`,
  delete: (name: string): string => `${name} löschen`,
  'bulk-update': 'Mehrere Tunnel ändern',
  'psk-set': 'PSKs mehrerer Tunnel setzen',
  loading: 'Der Tunnel wird abgefragt, wie er jetzt ist …',
  gone: 'Diesen Tunnel gibt es nicht mehr.',
  retry: 'Noch einmal fragen',
  account: 'Konto',
  noAccount: 'Es wird kein Konto beobachtet; es gibt nichts zu ändern.',
} as const;

export const form = {
  label: 'Der Tunnel',
  suggestion: 'Ausgefüllt nach dem Vorschlag eines Befunds. Nichts wird gesendet, bevor der Plan zu sehen war.',
  groups: {
    general: 'Name und Zweck',
    addresses: 'Adressen',
    health: 'Zustandsprüfung',
    bgp: 'BGP',
    identity: 'Identität und Schutz',
    key: 'Pre-Shared Key',
  },
  fields: {
    name: 'Name',
    description: 'Beschreibung',
    cloudflareEndpoint: 'Cloudflare-Endpunkt',
    customerEndpoint: 'Kunden-Endpunkt',
    interfaceAddress: 'Interface-Adresse',
    interfaceAddress6: 'Interface-Adresse, IPv6',
    'healthCheck.enabled': 'Zustandsprüfung',
    'healthCheck.rate': 'Prüfrate',
    'healthCheck.type': 'Art',
    'healthCheck.direction': 'Richtung',
    'healthCheck.target': 'Ziel',
    bgp: 'BGP-Sitzung',
    'bgp.customerAsn': 'AS-Nummer des Kunden',
    'bgp.extraPrefixes': 'Weitere Präfixe',
    'bgp.md5Key': 'MD5-Schlüssel',
    'bgp.importFilterId': 'Importfilter',
    'bgp.exportFilterId': 'Exportfilter',
    fqdnId: 'FQDN-Identität',
    replayProtection: 'Replay-Schutz',
    automaticReturnRouting: 'Automatische Rückwege',
    psk: 'PSK',
  } as Readonly<Record<string, string>>,
  hints: {
    name: 'Eindeutig im Konto, ohne Leerzeichen. Bis 15 Zeichen passt überall.',
    description: 'Freier Text.',
    cloudflareEndpoint: 'Eine der Anycast-Adressen, die Cloudflare zugeteilt hat.',
    customerEndpoint:
      'Die öffentliche Adresse des Routers. Freiwillig; nötig für Traceroutes und für die IKE-Identität per Adresse.',
    interfaceAddress: 'Cloudflares Seite im Tunnel, mit Präfix: /31 oder /30 aus RFC 1918 oder 169.254.240.0/20.',
    interfaceAddress6: 'Freiwillig: ein /127 im eigenen virtuellen Subnetz.',
    'healthCheck.rate': 'Wie oft geprüft wird; mittel, wenn nichts gesetzt ist.',
    'healthCheck.type': 'Reply, wenn nichts gesetzt ist. Request braucht ein Ziel, das antwortet.',
    'healthCheck.direction': 'Unidirektional, wenn nichts gesetzt ist. Cloudflare WAN will meist bidirektional.',
    'healthCheck.target': 'Leer: Cloudflare rechnet es aus. Bei bidirektionalen Prüfungen ohne Wirkung.',
    'bgp.customerAsn': 'Die AS-Nummer des eigenen Routers.',
    'bgp.extraPrefixes': 'Ein CIDR je Zeile: wird dem Router zusätzlich zu den Routen der Tabelle angekündigt.',
    'bgp.md5Key': 'Schützt vor Versehen, nicht vor Angreifern; Cloudflare behandelt ihn nicht als Geheimnis.',
    fqdnId: 'Freiwillig: <label>.<Kontonummer>.custom.ipsec.cloudflare.com',
    replayProtection: 'Von Cloudflare zum Router. Aus, wenn nichts gesetzt ist.',
    automaticReturnRouting: 'Braucht eine Funktion, die Cloudflare für das Konto freischaltet.',
    psk: 'Wird nirgends behalten: vor dem Weitergehen notieren.',
    keyOfTunnel: 'Den PSK ändert der Wechselassistent; er achtet darauf, dass der Verkehr weiterläuft.',
  },
  unset: 'Nicht gesetzt',
  keep: 'Wie es ist',
  on: 'Ein',
  off: 'Aus',
  rates: { low: 'Niedrig', mid: 'Mittel', high: 'Hoch' },
  types: { reply: 'Reply', request: 'Request' },
  directions: { unidirectional: 'Unidirektional', bidirectional: 'Bidirektional' },
  bgpOn: 'Cloudflare und der eigene Router tauschen über den Tunnel Routen aus.',
  md5: { keep: 'Lassen, wie er ist', set: 'Anderen setzen', remove: 'Entfernen' },
  key: { later: 'Später: ohne PSK bleibt der Tunnel ausgefallen', own: 'Jetzt einen setzen' },
  rotate: 'PSK wechseln',
  plan: 'Zeigen, was geschähe',
  planning: 'Wird mit Cloudflare geprüft …',
  nothing: 'Noch ist nichts anders.',
  mend: 'Erst in Ordnung bringen, was markiert ist.',
  refused: 'Das wurde abgelehnt:',
  lockedPlan: 'Erst das Konto entsperren: Cloudflare prüft einen Plan mit dem Schreib-Token.',
} as const;

export const plan = {
  title: 'Was geschähe',
  checked: 'Cloudflare hat es geprüft. Noch ist nichts geändert.',
  field: 'Feld',
  before: 'Jetzt',
  after: 'Danach',
  was: 'Vorher',
  became: 'Nachher',
  notSet: 'nicht gesetzt',
  noDiff: 'Kein Feld bekommt einen anderen Wert.',
  keyDiff: 'Ein neuer PSK ersetzt den jetzigen sofort.',
  warnings: 'Vorher wissen',
  causes: 'Befunde, die das hervorriefe',
  solves: 'Befunde, die das behöbe',
  tunnels: (count: number): string => plural(count, 'Tunnel', 'Tunnel'),
  typeName: (name: string): string => `Zur Bestätigung ${name} eintippen`,
  expires: (left: string): string => `Der Plan gilt noch ${left}.`,
  expired: 'Dieser Plan ist zu alt: inzwischen kann sich etwas geändert haben. Neu planen.',
  again: 'Neu planen',
  edit: 'Zurück zum Formular',
  confirming: 'Läuft. Diese Seite offen lassen: die Antwort kommt hierher.',
  act: {
    create: 'Anlegen',
    update: 'Ändern',
    'bulk-update': 'Alle ändern',
    delete: 'Löschen',
    'psk-generate': 'PSK erzeugen',
    'psk-set': 'PSKs setzen',
  } satisfies Readonly<Record<OperationKind, string>>,
  who: 'Wer',
  needsName: 'Es fehlt ein Name: das Änderungsprotokoll hält ihn fest.',
} as const;

export const outcome = {
  ray: 'Cloudflares Name für die Antwort (cf-ray)',
  applied: 'Übernommen',
  unapplied: 'Nicht übernommen',
  unsettled: 'Nicht bekannt',
  tunnel: 'Tunnel',
  state: 'Ergebnis',
  note: 'Was geschah',
  seeTunnel: 'Zum Tunnel',
  seeAudit: 'Zum Änderungsprotokoll',
  again: 'Auf dem jetzigen Stand neu planen',
  meanwhile: 'Zwischen Plan und jetzt hat jemand anderes geändert, also wurde nichts gesendet. Was jetzt anders ist:',
  unknownNext: [
    'Vor allem Weiteren den Tunnel ansehen: das Gewünschte kann gelten oder noch wirksam werden.',
    'Wenn nicht, neu planen. Tunnelwatch wiederholt nichts von selbst.',
  ],
} as const;

export const remove = {
  what: 'Tunnel, PSK und Konfiguration sind sofort weg und lassen sich nicht zurückholen. Der Verlauf bleibt hier.',
  plan: 'Zeigen, was geschähe',
} as const;

export const bulk = {
  choose: 'Welche Tunnel',
  chosen: (chosen: number, of: number): string => `${chosen} von ${plural(of, 'Tunnel', 'Tunneln')} gewählt`,
  search: 'Name, Standort oder Adresse',
  all: 'Alle gezeigten wählen',
  none: 'Keine wählen',
  empty: 'Kein Tunnel passt.',
  fieldsWhat: 'Gesetzt wird nur, was hier gewählt ist; alles andere bleibt bei jedem Tunnel, wie es ist.',
  needsTunnel: 'Mindestens einen Tunnel wählen.',
  needsField: 'Mindestens ein Feld wählen.',
  most: 'Höchstens 1.000 Tunnel auf einmal.',
} as const;

export const setKeys = {
  what: 'Jeder PSK gilt bei Cloudflare sofort, und jeder Router braucht seinen gleich danach. Nie beide Hälften eines Paars zugleich: sicher Tunnel für Tunnel geht es mit dem Assistenten.',
  make: 'Für jeden einen erzeugen',
  key: (name: string): string => `PSK von ${name}`,
  most: (count: number): string =>
    `Höchstens ${plural(count, 'Tunnel', 'Tunnel')} auf einmal: jeder Router braucht seinen PSK von Hand.`,
  missing: 'Ein PSK fehlt oder ist nicht zu gebrauchen.',
  noteFirst: 'Diese PSKs sind notiert: sie werden nirgends behalten.',
} as const;

export const key = {
  title: 'Der neue PSK',
  once: 'Nur hier und nur einmal zu sehen, nirgends behalten. Wer diese Seite verlässt, hat ihn nicht mehr.',
  of: (name: string): string => `PSK von ${name}`,
  reveal: 'Zeigen',
  hide: 'Verbergen',
  copy: 'Kopieren',
  clear: 'Zwischenablage leeren',
  copied: (seconds: number): string =>
    `Kopiert. In ${seconds} s wird die Zwischenablage geleert, wenn sie den PSK noch enthält.`,
  copiedBlind:
    'Kopiert. Dieses Fenster darf nicht in die Zwischenablage sehen, darum wird sie nicht von selbst geleert: das ist danach zu tun.',
  notCopied: 'Die Zwischenablage ist von hier nicht erreichbar: PSK zeigen und von Hand kopieren.',
  cleared: 'Die Zwischenablage ist leer.',
  other: 'In der Zwischenablage liegt inzwischen anderes; sie blieb, wie sie ist.',
  notCleared: 'Die Zwischenablage ließ sich nicht leeren: etwas anderes darüberkopieren.',
  keepIt: 'Im Schlüsselbund behalten',
  keeping: 'Wird behalten …',
  ipsecId: 'IPsec-ID',
  leaveTitle: 'Ohne den PSK gehen?',
  leave:
    'Der neue PSK gilt bei Cloudflare und ist nur auf dieser Seite zu sehen. Ohne ihn kann sich der Router nicht verbinden.',
  stay: 'Bleiben',
  go: 'Gehen, der PSK ist notiert',
} as const;

export const audit = {
  empty: 'Von hier aus wurde noch nichts geändert.',
  emptyWhat: 'Jede Änderung steht hier, bevor sie gesendet wird: wer, wann, was, und was Cloudflare geantwortet hat.',
  loading: 'Das Änderungsprotokoll wird gelesen …',
  failed: 'Das Änderungsprotokoll lässt sich nicht lesen.',
  retry: 'Noch einmal fragen',
  older: 'Ältere Einträge',
  complete: 'Das ist alles.',
  csv: 'Als CSV sichern',
  json: 'Als JSON sichern',
  exporting: 'Alle Einträge werden gelesen …',
  columns: { at: 'Wann', who: 'Wer', what: 'Was', account: 'Konto', tunnels: 'Tunnel', outcome: 'Ergebnis' },
  more: (count: number): string => `und ${plural(count, 'weiterer', 'weitere')}`,
  details: 'Einzelheiten',
  noDiff: 'Dazu ist kein Feld vermerkt.',
} as const;
