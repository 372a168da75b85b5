/** Regeln über Zustandsprüfungen. */
import type { GermanRules } from '../lint-rules.ts';

export const healthChecks: GermanRules = {
  'hc-disabled': [
    'Zustandsprüfung abgeschaltet',
    'Ohne Zustandsprüfung merkt Cloudflare keinen Ausfall und lenkt den Verkehr nicht um.',
    'Die Zustandsprüfung einschalten.',
  ],
  'hc-config-absent': [
    'Zustandsprüfung nicht gemeldet',
    'Die Antwort nennt keine Einstellungen der Zustandsprüfung; was gilt, ist nicht bekannt.',
    'Den Tunnel einzeln abfragen oder im Dashboard nachsehen.',
  ],
  'hc-unidirectional-no-target': [
    'Unidirektionale Prüfung ohne Ziel',
    'Eine unidirektionale Prüfung braucht ein Ziel; ohne Kunden-Endpunkt gibt es keinen üblichen Wert.',
    'Kunden-Endpunkt oder Ziel der Prüfung setzen.',
  ],
  'hc-type-reply': [
    'Prüfung vom Typ reply',
    'Zustandsbehaftete Firewalls verwerfen Echo-Antworten, denen keine Anfrage vorausging.',
    'Den Typ auf request stellen.',
  ],
  'hc-reply-policy-vpn': [
    'Prüfung vom Typ reply und policybasiertes VPN',
    'Ein policybasiertes VPN beantwortet nur Prüfungen vom Typ request.',
    'Bei policybasiertem VPN request wählen und auf eine Loopback-Adresse prüfen.',
  ],
  'hc-unidirectional-egress': [
    'Unidirektionale Prüfung',
    'Die Antwort nimmt den Weg über das Internet und kann dort verworfen werden.',
    'Geht der Rückverkehr durch den Tunnel, bidirectional wählen.',
  ],
  'hc-bidirectional-custom-target': [
    'Eigenes Ziel bei bidirektionaler Prüfung',
    'Bei bidirektionaler Prüfung wird ein eigenes Ziel nach dem Schema der API nicht beachtet.',
    'Das Ziel leeren, außer bei Azure mit aktivem und passivem Gateway.',
  ],
  'hc-legacy-target-range': [
    'Ziel im alten Prüfbereich',
    'Ziele in 172.64.240.252/30 brauchen am Router eine eigene Policy-Route.',
    'Auf die Interface-Adresse des Tunnels umstellen.',
  ],
  'hc-target-is-cf-side': [
    'Ziel auf Cloudflares Seite',
    'Die Prüfung fragt Cloudflare selbst und sagt nichts über den Tunnel.',
    'Die Adresse der Kundenseite als Ziel nehmen.',
  ],
  'hc-target-private-unidirectional': [
    'Privates Ziel bei unidirektionaler Prüfung',
    'Die Antwort eines privaten Ziels findet über das Internet nicht zurück.',
    'Ein öffentliches Ziel setzen oder bidirectional wählen.',
  ],
  'hc-target-invalid-ip': [
    'Ziel ist keine IP-Adresse',
    'Was keine Adresse ist, kann nicht geprüft werden.',
    'Eine gültige IP-Adresse eintragen oder das Feld leeren.',
  ],
  'hc-target-effective-mismatch': [
    'Das geltende Ziel weicht ab',
    'Cloudflare prüft ein anderes Ziel als das gespeicherte.',
    'Nachsehen, welches Ziel gemeint ist, und es neu speichern.',
  ],
  'hc-target-duplicate': [
    'Ein Ziel für mehrere Tunnel',
    'Fällt dieses eine Ziel aus, gelten alle Tunnel, die es prüfen, als ausgefallen.',
    'Jedem Tunnel ein eigenes Ziel geben.',
  ],
  'hc-rate-low-on-sole-tunnel': [
    'Seltene Prüfung am einzigen Tunnel',
    'Mit der Prüfrate low dauert es länger, bis ein Ausfall auffällt, und es gibt keinen zweiten Weg.',
    'Die Prüfrate auf mid oder high stellen.',
  ],
  'hc-rate-mixed-in-group': [
    'Verschiedene Prüfraten in einer Gruppe',
    'Die Tunnel einer Gruppe bemerken einen Ausfall verschieden schnell.',
    'Die Prüfraten angleichen.',
  ],
  'hc-direction-mixed-in-group': [
    'Verschiedene Prüfrichtungen in einer Gruppe',
    'Die Tunnel einer Gruppe werden auf verschiedenen Wegen geprüft und sind nicht zu vergleichen.',
    'Die Richtungen angleichen.',
  ],
};
