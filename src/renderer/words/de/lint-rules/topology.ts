/** Regeln über Redundanz, Wege und Änderungen. */
import type { GermanRules } from '../lint-rules.ts';

export const topology: GermanRules = {
  'no-redundancy': [
    'Kein zweiter Tunnel',
    'Fällt dieser Tunnel aus, ist der Standort abgeschnitten.',
    'Einen zweiten Tunnel anlegen, zum anderen Cloudflare-Endpunkt, wo das Konto zwei hat.',
  ],
  'single-cloudflare-endpoint': [
    'Gruppe an einem Cloudflare-Endpunkt',
    'Alle Tunnel der Gruppe enden an derselben Adresse, obwohl das Konto mehrere nutzt.',
    'Einen der Tunnel auf den zweiten Endpunkt legen.',
  ],
  'single-customer-endpoint': [
    'Gruppe an einem Kunden-Endpunkt',
    'Alle Tunnel der Gruppe hängen an einer Leitung oder einem Router.',
    'Den zweiten Tunnel über einen anderen Anbieter oder Router führen.',
  ],
  'arr-needs-unified-routing': [
    'Automatische Rückwege',
    'Diese Einstellung wirkt nur, wenn das Konto im Modus Unified Routing läuft.',
    'Den Modus des Kontos prüfen.',
  ],
  'arr-mixed-in-group': [
    'Automatische Rückwege in der Gruppe verschieden',
    'Der Rückweg hängt davon ab, welcher Tunnel gerade trägt.',
    'Die Einstellungen angleichen.',
  ],
  'drift-config-changed': [
    'Konfiguration geändert',
    'Eine Änderung der letzten 24 Stunden ist der erste Verdacht bei allem, was auf sie folgt.',
    'Die Änderung ansehen und bestätigen, dass sie gewollt war.',
  ],
  'tunnel-disappeared': [
    'Tunnel verschwunden',
    'Ein Tunnel der letzten 24 Stunden steht nicht mehr in der Liste des Kontos.',
    'Hat ihn niemand mit Absicht gelöscht, im Audit Log des Kontos nachsehen; ein neuer Tunnel hat andere IKE-Identitäten.',
  ],
  'tunnel-recreated': [
    'Tunnel neu angelegt',
    'Unter demselben Namen steht eine neue Tunnel-ID; die IKE-Identitäten enthalten sie.',
    'Die neue IKE-Identität und den neuen PSK am Router eintragen.',
  ],
  'x:no-route-to-tunnel': [
    'Keine Route zum Tunnel',
    'Ohne statische Route und ohne BGP trägt der Tunnel keinen Verkehr.',
    'Eine Route mit der Kundenseite des Tunnels als nächstem Hop anlegen oder den Tunnel entfernen.',
  ],
  'x:route-dangling-nexthop': [
    'Route ins Leere',
    'Der nächste Hop der Route gehört zu keinem Tunnel; ihr Verkehr geht verloren.',
    'Den nächsten Hop berichtigen oder die Route entfernen.',
  ],
  'x:backup-idle': [
    'Reservetunnel ohne Verkehr',
    'Seit sechs Stunden ging nur die Zustandsprüfung hindurch; Cloudflares eigene Alarme lassen solche Tunnel aus.',
    'Den Reserveweg erproben.',
  ],
  'x:health-rest-mismatch': [
    'BGP und Zustand widersprechen sich',
    'Die BGP-Sitzung und die Zustandsprüfungen sagen über denselben Tunnel das Gegenteil.',
    'Ziel und Richtung der Zustandsprüfung ansehen, und Firewalls, die ICMP oder TCP-Port 179 verwerfen.',
  ],
};
