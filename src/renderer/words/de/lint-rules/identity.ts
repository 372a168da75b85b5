/** Regeln über Namen, IKE-Identitäten und Verschlüsselung. */
import type { GermanRules } from '../lint-rules.ts';

export const identity: GermanRules = {
  'name-duplicate': [
    'Name doppelt vergeben',
    'Namen müssen über IPsec, GRE und Interconnects hinweg eindeutig sein; auch die Zustände werden nach ihnen zugeordnet.',
    'Einen der beiden umbenennen.',
  ],
  'name-too-long': [
    'Name länger als 15 Zeichen',
    'Nicht jede Stelle nimmt lange Namen an; bei GRE sind 15 Zeichen die Grenze.',
    'Den Namen kürzen.',
  ],
  'name-charset': [
    'Ungewöhnliche Zeichen im Namen',
    'Leerzeichen und Sonderzeichen sind in Namen nicht erlaubt.',
    'Nur Buchstaben, Ziffern, Bindestrich und Unterstrich verwenden.',
  ],
  'name-confusable': [
    'Namen nur in Groß- und Kleinschreibung verschieden',
    'Solche Namen werden im Gespräch und in der Störung verwechselt.',
    'Einen der beiden umbenennen.',
  ],
  'fqdn-id-form': [
    'FQDN-Identität in falscher Form',
    'Erwartet wird <Name>.<Kontonummer>.custom.ipsec.cloudflare.com.',
    'Die Identität in dieser Form eintragen.',
  ],
  'fqdn-id-wrong-account': [
    'FQDN-Identität nennt ein anderes Konto',
    'Die Kontonummer in der Identität ist eine andere als bei den übrigen Tunneln; IKE findet den Tunnel dann nicht.',
    'Die Nummer des eigenen Kontos einsetzen.',
  ],
  'fqdn-id-clash': [
    'FQDN-Identität doppelt am selben Endpunkt',
    'Cloudflare kann zwei Tunnel mit gleicher Identität und gleichem Endpunkt nicht unterscheiden.',
    'Eine der Identitäten ändern.',
  ],
  'null-cipher-allowed': [
    'Verbindung ohne Verschlüsselung erlaubt',
    'Mit der Null-Chiffre darf ESP im Klartext laufen; auch der Schutz gegen Quantenrechner entfällt.',
    'Über die heutige API nicht abzuschalten: Cloudflare fragen oder den Tunnel neu anlegen.',
  ],
  'replay-protection-on': [
    'Replay-Schutz eingeschaltet',
    'Der Verkehr hängt dann an einem einzigen Server, der Vorteil von Anycast geht verloren.',
    'Den Schutz am Router abschalten und hier ebenso; wo ein Gerät ihn verlangt, den Befund hinnehmen und DPD neu starten lassen.',
  ],
  'replay-protection-mixed': [
    'Replay-Schutz in der Gruppe verschieden',
    'Die Tunnel einer Gruppe verhalten sich bei einer Umschaltung verschieden.',
    'Die Einstellungen angleichen.',
  ],
};
