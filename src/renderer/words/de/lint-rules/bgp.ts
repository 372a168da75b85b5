/** Regeln über BGP. */
import type { GermanRules } from '../lint-rules.ts';

export const bgp: GermanRules = {
  'bgp-status-missing': [
    'BGP eingestellt, aber kein Zustand',
    'Cloudflare meldet keinen Zustand der BGP-Sitzung; womöglich wurde sie nie eingerichtet.',
    'Prüfen, ob das Konto im Modus Unified Routing läuft.',
  ],
  'bgp-status-without-config': [
    'BGP-Zustand ohne Einstellung',
    'Ein Zustand wird gemeldet, obwohl kein BGP eingestellt ist; er ist wohl veraltet.',
    'Beobachten; bleibt er stehen, Cloudflare fragen.',
  ],
  'bgp-state-inconsistent': [
    'BGP-Angaben widersprechen sich',
    'Sitzung, TCP-Verbindung und Zustand passen nicht zueinander.',
    'Erneut abfragen und am Router nachsehen.',
  ],
  'bgp-status-stale': [
    'BGP-Zustand veraltet',
    'Die Angaben zur Sitzung wurden länger nicht erneuert, als es hier üblich ist.',
    'Den Zustand mit dem Router vergleichen.',
  ],
  'bgp-asn-zero': [
    'Unbrauchbare AS-Nummer',
    'Diese AS-Nummer ist reserviert und darf in keiner BGP-Sitzung stehen.',
    'Eine eigene oder private AS-Nummer setzen.',
  ],
  'bgp-asn-equals-cloudflare': [
    'AS-Nummer ist die von Cloudflare',
    'Nur eBGP ist möglich; beide Seiten brauchen verschiedene AS-Nummern.',
    'Die AS-Nummer des eigenen Netzes setzen.',
  ],
  'bgp-asn-reserved': [
    'Reservierte AS-Nummer',
    'Diese AS-Nummer ist für Dokumentation oder künftige Zwecke zurückgelegt.',
    'Eine private AS-Nummer nehmen: 64512–65534 oder 4200000000–4294967294.',
  ],
  'bgp-asn-shared': [
    'AS-Nummer an mehreren Standorten',
    'Die Schleifenerkennung verwirft Routen, die vom selben AS gelernt wurden.',
    'Jedem Standort eine eigene AS-Nummer geben oder am Router allowas-in zulassen.',
  ],
  'bgp-md5-charset': [
    'Unzulässige Zeichen im MD5-Schlüssel',
    'Der Schlüssel ist leer oder enthält Zeichen, die nicht angenommen werden.',
    'Einen Schlüssel aus druckbaren ASCII-Zeichen ohne Anführungs- und Fragezeichen setzen.',
  ],
  'bgp-md5-mixed-in-group': [
    'MD5-Schlüssel nur an einem Teil der Gruppe',
    'Ein Tunnel der Gruppe ist geschützt, ein anderer nicht.',
    'Die Einstellungen angleichen.',
  ],
  'bgp-prefix-invalid': [
    'Zusätzliches Präfix ist ungültig',
    'Das Präfix ist kein CIDR, oder seine Hostbits sind gesetzt.',
    'Das Präfix mit seiner Netzadresse eintragen.',
  ],
  'bgp-prefix-duplicate-or-covered': [
    'Präfix doppelt oder schon enthalten',
    'Ein Präfix steht zweimal in der Liste oder liegt in einem größeren derselben Liste.',
    'Das überflüssige Präfix entfernen.',
  ],
  'bgp-prefix-default-route': [
    'Standardroute angekündigt',
    '0.0.0.0/0 zieht allen ausgehenden Verkehr in den Tunnel.',
    'Bestätigen, dass das so gewollt ist.',
  ],
  'bgp-prefix-covers-endpoint': [
    'Präfix enthält den Cloudflare-Endpunkt',
    'Die verschlüsselten Pakete würden in den Tunnel selbst geleitet.',
    'Den Endpunkt ausnehmen oder eine Hostroute zu ihm setzen.',
  ],
  'bgp-hc-disabled': [
    'BGP ohne Zustandsprüfung',
    'Neben BGP sind Zustandsprüfungen vorgeschrieben.',
    'Die Zustandsprüfung einschalten.',
  ],
};
