/** Was als Nächstes zu prüfen ist: liegt es bei uns, beim Carrier oder bei Cloudflare. In dieser Folge, weil das Erste am schnellsten zu klären ist. */
import type { AlertRule, Cause } from '../../alerts.ts';

type Place = Extract<Cause['kind'], 'site' | 'cloudflare-endpoint' | 'customer-endpoint' | 'account'>;

export const byCause: Readonly<Record<Place, readonly string[]>> = {
  site: [
    'Bei uns: hat der Standort Strom, und antwortet sein Router?',
    'Beim Carrier: sind alle Leitungen des Standorts ausgefallen? Die Carrier mit der Uhrzeit anrufen.',
    'Bei Cloudflare: unwahrscheinlich, solange Tunnel anderer Standorte zu denselben Endpunkten tragen.',
  ],
  'customer-endpoint': [
    'Bei uns: antwortet der Router oder die Firewall hinter dieser Adresse?',
    'Beim Carrier: die Adresse von außen anpingen; den Carrier dieser Leitung mit der Uhrzeit anrufen.',
    'Bei Cloudflare: unwahrscheinlich, solange Tunnel von anderen Adressen tragen.',
  ],
  'cloudflare-endpoint': [
    'Bei uns: wurde kurz zuvor an den Tunneln zu diesem Endpunkt etwas geändert? Sie enden an vielen Orten, also kaum bei uns.',
    'Beim Carrier: teilen sich die Standorte einen Carrier? Von einem aus den Weg zu dieser Adresse verfolgen.',
    'Bei Cloudflare: cloudflarestatus.com ansehen, dann ein Ticket mit dieser Adresse, dem Konto und der Zeit in UTC eröffnen.',
  ],
  account: [
    'Bei uns: wurde an allen etwas geändert, im Konto oder durch Automatisierung? Bedient ein Router oder eine Firewall sie alle?',
    'Beim Carrier: teilen sich die Standorte einen Carrier?',
    'Bei Cloudflare: cloudflarestatus.com ansehen, dann ein Ticket mit dem Konto und der Zeit in UTC eröffnen.',
  ],
};

const BGP: readonly string[] = [
  'Bei uns: läuft BGP auf dem Router mit richtigem Nachbarn, AS-Nummern und MD5-Schlüssel, und ist TCP-Port 179 in beide Richtungen erlaubt?',
  'Beim Carrier: Cloudflares Tunneladresse über das Tunnel-Interface anpingen; ohne Antwort IPsec und Leitung ansehen.',
  'Bei Cloudflare: sagt der Router, dass die Sitzung steht, dem Support Tunnel-ID und Zeit in UTC nennen.',
];
const HEALTH: readonly string[] = [
  'Bei uns: steht IPsec auf dem Router, und verwirft eine Firewall das ICMP der Zustandsprüfungen?',
  'Beim Carrier: den Verlust auf der Leitung unter dem Tunnel messen.',
  'Bei Cloudflare: ein Rechenzentrum mit Verlust ist üblich; alle bei guter Leitung sind ein Ticket.',
];

export const byRule: Readonly<Record<AlertRule, readonly string[]>> = {
  'site-isolated': byCause.site,
  'bgp-down': BGP,
  'bgp-stuck-establishing': BGP,
  'health-down': HEALTH,
  'health-degraded': HEALTH,
  'bgp-flapping': [
    'Bei uns: die letzte BGP-Notification im Protokoll des Routers lesen. Ein Abbruch alle 90 s ist der Hold-Timer: MTU oder ein einseitiger Weg.',
    'Beim Carrier: auf der Leitung unter dem Tunnel nach Verlust suchen.',
    'Bei Cloudflare: flattern mehrere Tunnel zu einem Endpunkt zugleich, ein Ticket eröffnen.',
  ],
  'tunnel-flapping': [
    'Bei uns: im IKE-Protokoll des Routers nach DPD-Zeitüberschreitungen suchen und den Abstand mit den Laufzeiten der SA vergleichen.',
    'Beim Carrier: nach Verlust, einem schadhaften Modem oder zwei wechselnden Leitungen suchen.',
    'Bei Cloudflare: flattern mehrere Tunnel zu einem Endpunkt zugleich, ein Ticket eröffnen.',
  ],
  'redundancy-lost': [
    'Den ausgefallenen Tunnel beheben, solange es niemand spürt.',
    'Alle Arbeit an dem Tunnel verschieben, der übrig ist.',
    'Prüfen, ob der letzte Tunnel den ganzen Verkehr trägt.',
  ],
  'standby-down': [
    'Beheben, bevor der erste ausfällt: zuerst IPsec auf dem Router, dann die Leitung darunter.',
    'Danach das Umschalten proben.',
  ],
  'bgp-inconsistent': [
    'Den Router nach dem Stand der Sitzung fragen: er weiß es.',
    'Sagt der Router, dass sie steht, warten: die Angabe ist womöglich alt.',
    'Bleibt es so, Cloudflares Support Tunnel-ID und Zeit in UTC nennen.',
  ],
  'psk-missing': [
    'Einen PSK erzeugen und auf dem Router setzen.',
    'Trägt der Tunnel, ist Cloudflares Angabe unvollständig: den PSK wechseln, wenn sich der Verkehr verlegen lässt.',
  ],
  'psk-stale': [
    'Wechseln: zuerst den Verkehr auf den anderen Tunnel des Standorts legen, und nie beide am selben Tag wechseln.',
    'Danach die IKE-SA auf dem Router löschen: ein falscher Schlüssel zeigt sich erst, wenn IKE neu verhandelt.',
  ],
  'psk-due': [
    'Den Wechsel planen: je Standort ein Tunnel nach dem anderen, in einer ruhigen Stunde.',
    'Danach die IKE-SA auf dem Router löschen: ein falscher Schlüssel zeigt sich erst, wenn IKE neu verhandelt.',
  ],
  misconfiguration: [
    'Tun, was der Befund sagt.',
    'Ist es Absicht, diese Regel für den Tunnel in den Einstellungen abschalten.',
  ],
  'tunnel-disappeared': [
    'Wurde er mit Absicht gelöscht? Siehe das Audit-Protokoll des Kontos.',
    'Gilt das Token noch für das Konto und seine Tunnel?',
  ],
  'tunnel-recreated': [
    'Die neue IKE-Identität und den neuen PSK auf dem Router setzen.',
    'Prüfen, ob Routen noch auf den Tunnel zeigen.',
  ],
  'configuration-changed': [
    'War es gewollt? Das Audit-Protokoll des Kontos ansehen und fragen, wer es war.',
    'BGP und Zustand die nächsten Minuten im Auge behalten.',
  ],
  'token-refused': [
    'Mit dem Besitzer klären, ob das Token widerrufen wurde oder abgelaufen ist.',
    'Tunnelwatch in den Einstellungen ein neues geben.',
    'Bis dahin die Tunnel von den Routern aus beobachten.',
  ],
  'permission-missing': [
    'Dem Token die Berechtigung geben, genau wie sie heißt.',
    'Prüfen, ob das Token für dieses Konto gilt.',
  ],
  blind: [
    'Bei uns: erreicht dieser Rechner das Internet? DNS, Proxy und Firewall prüfen.',
    'Beim Carrier: erreichen andere Programme in diesem Netz api.cloudflare.com?',
    'Bei Cloudflare: cloudflarestatus.com über eine andere Leitung ansehen. Bis dahin die Tunnel von den Routern aus beobachten.',
  ],
  'rate-limited': [
    'Das andere Programm finden, das denselben Benutzer oder dasselbe Token verwendet.',
    'Tunnelwatch ein Token eines eigenen Benutzers geben.',
  ],
  'store-failing': [
    'Ist die Platte voll oder der Ordner schreibgeschützt?',
    'Verwendet ein zweites Exemplar des Programms dieselbe Datei?',
  ],
};
export const wait = 'Warten: ein Neustart des Routers würde die Wartezeit nur von vorn beginnen lassen.';
export const wasMeant = 'Bei uns: war die Änderung kurz zuvor gewollt? Sie zurückzunehmen ist die schnellste Probe.';
