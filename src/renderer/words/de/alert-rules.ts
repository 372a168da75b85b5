/** Was die Regeln der Alarme von sich sagen. Titel und Schritte sind die der Nachrichten. */

import * as phrases from '../../../shared/alert-words/de/index.ts';
import { ruleSteps, ruleTitle } from '../../../shared/alert-words/index.ts';
import type { AlertRule, RuleView } from '../../../shared/alerts.ts';
import type { RuleText } from '../en/alert-rules.ts';

type GermanRule = readonly [what: string, why: string, source: string];

const READING = 'Lesart von bgp_status (state, bgp_state, tcp_established) nach den Zuständen aus RFC 4271';
const REKEY =
  'Cloudflare, Störungen am Zustand von Tunneln: eine neue SA braucht 90 bis 150 s, bis sie überall gilt; der Zustand bricht 1 bis 3 min ein';
const LISTS = 'Vergleich der Listen der API';
const DEATHS =
  'Jeder Ausfall ist von seiner eigenen Regel bestätigt; Tunnel mit unbekanntem Stand gelten weder als ausgefallen noch als aktiv';
const POLICY =
  'Die PSK-Vorgabe der Einstellungen: üblich sind 90, 180 und 365 Tage, wie in vielen Firmen; Cloudflare hat keine Regel dafür';

const RULES: Readonly<Record<AlertRule, GermanRule>> = {
  'site-isolated': [
    'Jeder Tunnel eines Standorts mit zweien oder mehr ist ausgefallen.',
    'Der Standort ist abgeschnitten.',
    DEATHS,
  ],
  'redundancy-lost': [
    'Genau ein Tunnel eines Standorts mit zweien oder mehr ist übrig; alle anderen sind ausgefallen.',
    'Der nächste Ausfall schneidet den Standort ab.',
    DEATHS,
  ],
  'standby-down': [
    'Ein Tunnel ist ausgefallen, der seit 6 Stunden keinen Verkehr trug.',
    'Niemand spürt es, bis er gebraucht wird, und Cloudflares eigener Alarm lässt Tunnel ohne Verkehr aus.',
    'Cloudflare, Alarme zum Zustand von Tunneln: beachtet werden nur Tunnel mit Kundenverkehr in den letzten 6 h',
  ],
  'bgp-down': [
    'Cloudflare meldet für die Sitzung des Tunnels BGP_DOWN, in zwei Abfragen.',
    'Die Routen der Sitzung sind weg, und Cloudflare hat dafür keinen Alarm.',
    `${READING}; von einer zweiten Abfrage bestätigt`,
  ],
  'bgp-stuck-establishing': [
    'Die Sitzung ist länger als zwei Hold-Zeiten im Aufbau.',
    'Eine Sitzung, die zustande kommen kann, tut es in Sekunden; diese wird abgelehnt oder bekommt keine Antwort.',
    'Cloudflare, Verkehrslenkung: BGP-Timer über IPsec und GRE, Hold-Zeit 90 s; zwei davon ohne Sitzung sind nichts Vorübergehendes',
  ],
  'bgp-flapping': [
    'Die Sitzung kam oder ging innerhalb einer Stunde mindestens 5-mal.',
    'Jedes Flattern verschiebt Routen; eine Sitzung, die nicht hält, ist schlimmer als eine, die ausgefallen ist.',
    'Eine Sitzung, die alle 4 min am Hold-Timer abbricht, wechselt 30-mal in der Stunde, ein neu gestarteter Router zweimal; 5 liegt dazwischen',
  ],
  'bgp-inconsistent': [
    'Der Zustand sagt aktiv und die Einzelheiten etwas anderes, oder er ist ein Wort, das niemand kennt.',
    'Ob die Sitzung Routen trägt, lässt eine solche Angabe nicht erkennen.',
    READING,
  ],
  'health-down': [
    'Die meisten der Rechenzentren, die berichten, sehen den Tunnel ausgefallen, länger als ein Rekey dauert.',
    'Cloudflare schickt den Verkehr anderswohin, oder nirgendwohin, wenn es keinen anderen Tunnel gibt.',
    REKEY,
  ],
  'health-degraded': [
    'Ein Teil der Zustandsprüfungen schlägt fehl, länger, als Cloudflare einen Tunnel nach einem kurzen Ausfall als beeinträchtigt führt.',
    'Pakete gehen verloren, und Cloudflare zieht andere Tunnel um 500.000 Punkte Priorität vor.',
    'Cloudflare, Zustandsprüfungen von Tunneln: mindestens 5 min in einem schlechten Zustand, bis zu 30 min bis zur Erholung',
  ],
  'tunnel-flapping': [
    'Der Zustand verließ „gesund“ oder kehrte dahin zurück, mindestens 8-mal innerhalb einer Stunde.',
    'Jedes Mal wechselt der Verkehr auf einen anderen Tunnel und zurück; wer ihn nutzt, spürt es.',
    `${REKEY}; ein Einbruch sind zwei Wechsel, und keine SA lebt kürzer als 20 min: Rekeys allein ergeben höchstens 6 in der Stunde`,
  ],
  'psk-missing': [
    'Cloudflare meldet für den Tunnel keinen Pre-Shared Key.',
    'Ohne PSK kann sich IKE nicht authentifizieren, und der Tunnel kommt nicht zustande.',
    'Cloudflare, Tunnel-Endpunkte: ein Tunnel ohne PSK arbeitet nicht; psk_metadata fehlt oder ist leer',
  ],
  'psk-stale': [
    'Der Pre-Shared Key ist älter, als die Vorgabe überhaupt erlaubt.',
    'Wer ihn je gesehen hat, kann sich noch immer als der Router ausgeben.',
    POLICY,
  ],
  'psk-due': [
    'Der Pre-Shared Key hat das Alter erreicht, in dem die Vorgabe einen neuen will.',
    'Ein geplanter Wechsel kostet Minuten, ein erzwungener einen Ausfall.',
    POLICY,
  ],
  misconfiguration: [
    'Etwas in der Konfiguration arbeitet nicht oder schlecht, so ein Befund.',
    'Die meisten Ausfälle von Tunneln beginnen als Einstellung.',
    'Die Regel des Befunds nennt ihre eigene Quelle; ihre Schwere entscheidet',
  ],
  'configuration-changed': [
    'Jemand hat die Konfiguration des Tunnels geändert.',
    'Eine Änderung ist der erste Verdacht bei allem, was auf sie folgt.',
    'Vergleich zweier Antworten der API; gehalten für 15 min, die Zeit, in der eine Änderung ihre Wirkung zeigt',
  ],
  'tunnel-disappeared': [
    'Der Tunnel fehlt in den Listen des Kontos.',
    'Jemand hat ihn gelöscht, oder das Token sieht ihn nicht mehr; was er trug, ist so oder so weg.',
    `${LISTS}: fehlt in zweien davon und noch eine Minute später; gehalten für einen Tag oder bis er zurück ist`,
  ],
  'tunnel-recreated': [
    'Der Tunnel hat seinen alten Namen und eine neue Tunnel-ID: er wurde gelöscht und neu angelegt.',
    'Seine IKE-Identität und sein PSK sind neu; ein Router, der die alten kennt, kann sich nicht authentifizieren.',
    `${LISTS}: derselbe Name unter anderer ID; gehalten für eine Stunde`,
  ],
  'token-refused': [
    'Cloudflare lehnt das Token des Kontos ab, oder es gibt keines.',
    'Nichts wird beobachtet, bis jemand ein gutes gibt.',
    'Fehler der Antwort: 401, oder 403, das das Token nennt; noch einmal zu fragen hilft nicht',
  ],
  'permission-missing': [
    'Dem Token fehlt eine Berechtigung: für die Liste oder für die Prüfergebnisse, die eine eigene brauchen.',
    'Was es nicht lesen darf, wird nicht beobachtet.',
    'Fehler der Antwort: 403, oder ein GraphQL-Fehler, der die Berechtigung nennt',
  ],
  blind: [
    'Cloudflare ist für ein Konto nicht erreichbar, oder seine Antworten sind nicht lesbar.',
    'Inzwischen können Tunnel ausfallen, und niemand erführe es.',
    'Zwei Fehlschläge hintereinander oder veraltete Angaben; fünf Minuten, damit ein Schluckauf der Leitung niemanden kümmert',
  ],
  'rate-limited': [
    'Cloudflare antwortet 429, und wir sind deshalb blind.',
    'Jemand anderes verbraucht das Budget desselben Benutzers; bis es wieder da ist, wird nichts beobachtet.',
    'Cloudflare, Grenzen der API: 1.200 Anfragen in 5 min je Benutzer; darüber werden alle Anfragen 5 min lang abgewiesen',
  ],
  'store-failing': [
    'Der Verlauf liegt nur im Speicher, oder seine Datei hat ein Problem.',
    'Was jetzt geschieht, ist mit dem nächsten Neustart verloren.',
    'Stand des Speichers',
  ],
};

/** Was eine Regel von sich sagt; die eines neueren Hosts bleibt, wie er sie auf Englisch nennt. */
export function ruleText(told: RuleView): RuleText {
  const { rule } = told;
  if (!Object.hasOwn(RULES, rule)) return told;
  const [what, why, source] = RULES[rule];
  return { title: ruleTitle(rule, phrases), what, why, next: ruleSteps(rule, phrases), source };
}
