/** Regeln über Adressen. */
import type { GermanRules } from '../lint-rules.ts';

export const addressing: GermanRules = {
  'ifaddr-not-cidr': [
    'Interface-Adresse ist kein CIDR',
    'Die Interface-Adresse lässt sich nicht als Adresse mit Präfixlänge lesen.',
    'Als CIDR eintragen, etwa 10.0.0.0/31.',
  ],
  'ifaddr-prefix-length': [
    'Präfix weder /31 noch /30',
    'Das Netz im Tunnel hat genau zwei Enden; andere Präfixlängen sind nicht vorgesehen.',
    'Ein /31 verwenden.',
  ],
  'ifaddr-prefer-31': [
    '/30 statt /31',
    'Empfohlen ist ein /31; ein /30 verschenkt zwei Adressen.',
    'Beim nächsten Umbau ein /31 nehmen.',
  ],
  'ifaddr-out-of-range': [
    'Interface-Adresse außerhalb der erlaubten Bereiche',
    'Außerhalb von 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 und 169.254.240.0/20 arbeitet der Tunnel nicht.',
    'Eine Adresse aus diesen Bereichen vergeben.',
  ],
  'ifaddr-aws-linklocal': [
    'Link-Local-Adresse, wie AWS sie wählt',
    'AWS vergibt von selbst Adressen aus 169.254.0.0/16; erlaubt ist nur 169.254.240.0/20.',
    'Bei AWS die inneren CIDRs aus dem erlaubten Bereich wählen.',
  ],
  'ifaddr-network-or-broadcast': [
    'Netz- oder Broadcast-Adresse im /30',
    'In einem /30 gehören die erste und die letzte Adresse keinem Host.',
    'Die zweite oder dritte Adresse des Netzes nehmen.',
  ],
  'ifaddr-overlap': [
    'Tunnelnetze überschneiden sich',
    'Zwei Tunnel teilen sich Adressen; wohin ein Paket geht, ist nicht mehr eindeutig.',
    'Einem der Tunnel ein anderes Netz geben.',
  ],
  'ifaddr-duplicate': [
    'Interface-Adresse doppelt vergeben',
    'Zwei Tunnel haben dieselbe Adresse; wohin ein Paket geht, ist nicht mehr eindeutig.',
    'Einem der Tunnel ein anderes Netz geben.',
  ],
  'ifaddr6-not-127': [
    'IPv6-Präfix ist kein /127',
    'Für die IPv6-Adresse des Interface ist ein /127 vorgesehen.',
    'Ein /127 eintragen.',
  ],
  'ifaddr6-not-first-ip': [
    'IPv6-Adresse ist nicht die erste des Netzes',
    'Cloudflares Seite muss die erste Adresse des /127 sein.',
    'Die gerade Adresse des Netzes eintragen.',
  ],
  'ifaddr6-out-of-subnet': [
    'IPv6-Netz außerhalb des gemeinsamen Bereichs',
    'Die /127 der Tunnel eines Kontos liegen in einem gemeinsamen Netz; dieses fällt heraus.',
    'Mit den anderen Tunneln und dem zugewiesenen Netz vergleichen.',
  ],
  'ifaddr6-overlap': [
    'IPv6-Netz doppelt vergeben',
    'Zwei Tunnel teilen sich ein /127; wohin ein Paket geht, ist nicht mehr eindeutig.',
    'Einem der Tunnel ein anderes /127 geben.',
  ],
  'customer-endpoint-missing': [
    'Kein Kunden-Endpunkt',
    'Ohne Kunden-Endpunkt fehlen der Traceroute im Voraus, die Identität ID_IPV4_ADDR und das Ziel unidirektionaler Prüfungen.',
    'Die öffentliche Adresse des Routers eintragen.',
  ],
  'customer-endpoint-not-public': [
    'Kunden-Endpunkt ist nicht öffentlich',
    'Der Endpunkt muss im Internet erreichbar sein; hinter NAT gilt die öffentliche Adresse des NAT.',
    'Die öffentliche Adresse eintragen.',
  ],
  'customer-endpoint-is-cloudflare': [
    'Kunden-Endpunkt gehört Cloudflare',
    'Beide Enden des Tunnels lägen bei Cloudflare.',
    'Die öffentliche Adresse des eigenen Routers eintragen.',
  ],
  'customer-endpoint-doc-range': [
    'Kunden-Endpunkt aus einem Beispiel',
    'Die Adresse stammt aus einem Bereich, der nur in Dokumentation vorkommt.',
    'Die wirkliche Adresse des Routers eintragen.',
  ],
  'cloudflare-endpoint-invalid': [
    'Cloudflare-Endpunkt ist keine öffentliche Adresse',
    'Der Tunnel kann nur an einer öffentlichen Anycast-Adresse von Cloudflare enden.',
    'Eine der dem Konto zugewiesenen Adressen eintragen.',
  ],
  'cloudflare-endpoint-outlier': [
    'Cloudflare-Endpunkt nur hier verwendet',
    'Alle anderen Tunnel nutzen andere Adressen; vielleicht ein Tippfehler.',
    'Mit den zugewiesenen Adressen (Leased IPs) vergleichen.',
  ],
  'endpoint-pair-duplicate': [
    'Paar von Endpunkten doppelt vergeben',
    'Zwei Tunnel mit denselben beiden Endpunkten sind an ihren IP-Adressen nicht zu unterscheiden.',
    'Eine FQDN- oder KEY_ID-Identität nutzen oder einen anderen Endpunkt wählen.',
  ],
};
