/** Was ein Formular beim Tippen prüft, und wie gut ein PSK ist. */
import type { PskIssue, PskLevel } from '../../../shared/psk-strength.ts';
import type { ProblemCode } from '../../../shared/tunnel-form/index.ts';
import { plural } from '../../format/number.ts';

const shown = (value: string | null): string =>
  value === null || value === '' ? 'Ein leerer Eintrag' : value.slice(0, 60);

export const problems: Readonly<Record<ProblemCode, (value: string | null) => string>> = {
  required: () => 'Das muss ausgefüllt sein.',
  'wrong-kind': () => 'Hier passt die Art des Werts nicht: Text, eine Zahl oder ja und nein.',
  'not-a-choice': () => 'Dieses Wort kennt Cloudflare hier nicht.',
  'unknown-field': () => 'Ein solches Feld hat ein Tunnel nicht.',
  'name-characters': () => 'Ein Name besteht aus Buchstaben, Ziffern, „-“, „_“ und „.“, ohne Leerzeichen.',
  'not-an-address': () => 'Das ist keine IP-Adresse; eine sieht so aus: 203.0.113.1 oder 2001:db8::1.',
  'not-a-network4': () => 'Das ist kein IPv4-Netz; eines sieht so aus: 10.0.0.0/31.',
  'interface-length': () => 'Ein Tunnel hat zwei Enden: es braucht ein /31 oder ein /30.',
  'interface-range': () =>
    'Cloudflare nimmt Interface-Adressen nur aus 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 und 169.254.240.0/20.',
  'interface-host': () => 'Erste und letzte Adresse eines /30 sind nicht nutzbar; eine der beiden dazwischen nehmen.',
  'not-a-network6': () => 'Das ist kein IPv6-Netz; eines sieht so aus: fd00:db8::200/127.',
  'interface6-length': () => 'Die IPv6-Interface-Adresse muss ein /127 sein.',
  'interface6-first': () =>
    'Die IPv6-Interface-Adresse muss die erste ihres /127 sein: sie endet auf eine gerade Ziffer.',
  'same-endpoints': () =>
    'Das ist die Adresse von Cloudflares Seite; hierher gehört die öffentliche des eigenen Routers.',
  'asn-range': () => 'Eine AS-Nummer ist eine ganze Zahl von 1 bis 4294967294.',
  'asn-reserved': () =>
    'Diese AS-Nummer ist reserviert (RFC 6793, 7300); private sind 64512 bis 65534 und 4200000000 bis 4294967294.',
  'asn-cloudflare': () => 'Das ist Cloudflares eigene AS-Nummer; die Sitzung verbindet zwei verschiedene.',
  'asn-missing': () => 'BGP braucht die AS-Nummer des eigenen Routers.',
  'prefix-not-a-network': (value) => `${shown(value)} ist kein Netz; eines sieht so aus: 10.0.0.0/8.`,
  'prefix-host-bits': (value) => `${shown(value)} hat gesetzte Bits jenseits seiner Länge.`,
  'md5-characters': () => 'Ein MD5-Schlüssel besteht aus druckbaren ASCII-Zeichen ohne " und ?.',
  'identity-form': () =>
    'Eine eigene Identität sieht so aus: <label>.<Konto>.custom.ipsec.cloudflare.com, mit der Nummer des Kontos.',
  'psk-characters': () => 'Ein PSK ist eine Zeile aus druckbaren Zeichen.',
  'nothing-changed': () => 'Es würde sich nichts ändern.',
};

export const ownKey = {
  make: 'Starken erzeugen',
  show: 'Zeigen',
  hide: 'Verbergen',
  empty: 'Ein erzeugter PSK hat 48 Buchstaben und Ziffern; die nimmt jeder Router und jede Cloud.',
  levels: {
    unusable: 'Nicht zu gebrauchen',
    weak: 'Schwach: lässt sich offline erraten',
    fair: 'Ordentlich',
    strong: 'Stark',
  } satisfies Readonly<Record<PskLevel, string>>,
  measure: (bits: number, length: number): string =>
    `etwa ${plural(bits, 'Bit', 'Bit')}, ${plural(length, 'Zeichen', 'Zeichen')}`,
  portable: 'Auch AWS, Azure und Google nehmen ihn.',
  issues: {
    empty: 'Es ist kein PSK da.',
    'too-long': 'Er ist zu lang.',
    'control-characters': 'Er enthält ein Zeilenende oder ein anderes unsichtbares Zeichen.',
    'shorter-than-32': 'Weniger als 32 Zeichen: Google rät zu 32.',
    'longer-than-64': 'Mehr als 64 Zeichen: AWS nimmt nicht mehr.',
    'not-alphanumeric': 'Er enthält anderes als Buchstaben und Ziffern; das nimmt nicht jeder Router.',
    'begins-with-0': 'Er beginnt mit 0; das nimmt AWS nicht.',
    repeats: 'Er wiederholt sich.',
    runs: 'Er folgt dem Alphabet, den Ziffern oder der Tastatur.',
    words: 'Er enthält Wörter.',
  } satisfies Readonly<Record<PskIssue, string>>,
} as const;
