/** Was die Prüfungen eines PSK-Wechsels sagen, und was als Nächstes zu tun ist. */
import type { RotationFacts, RotationNext } from '../../../../shared/rotation-said.ts';
import { grouping as groupingWords } from '../lint-rules.ts';

const within = (grouping: string | null): string => `(${grouping === null ? 'selbe Gruppe' : groupingWords(grouping)})`;
const several = (names: string): boolean => names.includes(', ');
const are = (names: string): string => (several(names) ? 'sind' : 'ist');
const MISMATCH =
  'Wahrscheinlich hat der Router einen anderen PSK als Cloudflare: den PSK noch einmal eintragen oder einen neuen erzeugen, und die IKE-SA löschen.';

export const rotation: { readonly [C in keyof RotationFacts]: (facts: RotationFacts[C]) => string } = {
  gone: () => 'Der Tunnel steht nicht mehr auf der Liste von Cloudflare.',
  fresh: () => 'Was über das Konto bekannt ist, ist aktuell.',
  stale: () => 'Was über das Konto bekannt ist, ist alt oder noch nicht gelesen; die nächsten Antworten abwarten.',
  'partner-stale': ({ names }) => `Ob ${names} den Verkehr tragen kann, ist gerade nicht bekannt.`,
  'partner-carries': ({ names, grouping }) =>
    `${names} ${within(grouping)} ${are(names)} gesund und ${several(names) ? 'können' : 'kann'} den Verkehr tragen.`,
  'partner-unseen': ({ names, grouping }) => `Der Zustand von ${names} ${within(grouping)} ist nicht bekannt.`,
  'partner-torn': ({ names, grouping, where }) =>
    `${names} ${within(grouping)} ist in ${where} ausgefallen, wo dieser Tunnel Verkehr trägt.`,
  'partner-ill': ({ names, grouping }) =>
    `${names} ${within(grouping)} ${are(names)} nicht gesund: ohne diesen Tunnel ist der Standort womöglich abgeschnitten.`,
  'no-partner': () =>
    'Von keinem anderen Tunnel ist bekannt, dass er den Verkehr trägt: der Standort ist womöglich für einige Minuten abgeschnitten.',
  neighbours: ({ names }) => `Vielleicht trägt ${names} den Verkehr; der Zustand dort wird hier nicht beobachtet.`,
  'no-partner-bgp': () => 'Kein anderer Tunnel der Gruppe hat eine BGP-Sitzung.',
  'partner-bgp-stale': ({ names }) => `Ob die BGP-Sitzung von ${names} steht, ist gerade nicht bekannt.`,
  'partner-bgp-up': ({ names }) => `Die BGP-Sitzung von ${names} steht.`,
  'partner-bgp-down': ({ names }) => `Die BGP-Sitzung von ${names} steht nicht.`,
  'partner-bgp-unreported': ({ names }) => `Cloudflare meldet keinen BGP-Status von ${names}.`,
  'bgp-up': () => 'Die BGP-Sitzung dieses Tunnels steht.',
  'bgp-none': () => 'Dieser Tunnel hat keine BGP-Sitzung.',
  'bgp-down': () => 'Die BGP-Sitzung dieses Tunnels steht nicht: erst klären, warum, bevor sein PSK gewechselt wird.',
  'bgp-unknown': () => 'Ob die BGP-Sitzung dieses Tunnels steht, ist nicht bekannt.',
  'partners-settled': () => 'In der letzten Stunde wurde kein PSK der Gruppe gewechselt.',
  'partner-young': ({ names }) =>
    `Der PSK von ${names} wurde in der letzten Stunde gewechselt; zwischen beiden einige Stunden vergehen lassen.`,
  idle: () => 'Durch diesen Tunnel gehen nur Zustandsprüfungen.',
  traffic: () =>
    'Den Verkehr zuerst auf den anderen Tunnel verlegen (Routenpriorität oder AS-Pfad) und auslaufen lassen.',
  'no-other': () => 'Von keinem anderen Tunnel der Gruppe wird der PSK gewechselt.',
  other: ({ name }) => `Der PSK von ${name} aus derselben Gruppe wird gerade gewechselt. Das zuerst beenden.`,
  unlocked: () => 'Das Konto ist für Änderungen entsperrt.',
  'nothing-changes': () => 'Von hier aus lässt sich nichts ändern.',
  'no-write-token': ({ account }) => `Für ${account} gibt es kein Schreib-Token; eines in den Einstellungen angeben.`,
  locked: ({ account }) => `${account} ist gesperrt: für eine Weile entsperren, um einen PSK zu setzen.`,
  'key-unknown': () =>
    'Cloudflare hat einen neueren PSK als zu Beginn dieses Wechsels, und hier kam er nicht an: jetzt einen PSK setzen, bevor sich IKE neu anmeldet.',
  'key-unusable': () =>
    'Dieser PSK ist nicht verwendbar: er ist leer, zu lang oder enthält ein Zeilenende oder ein anderes unsichtbares Zeichen.',
  dated: () => 'Cloudflare nennt für den PSK einen neuen Zeitpunkt.',
  'not-dated-yet': () => 'Die Liste von Cloudflare zeigt den neuen Zeitpunkt noch nicht.',
  'not-dated': () => 'Cloudflare zeigt weiter den alten Zeitpunkt; ein mitgebrachter PSK lässt ihn womöglich stehen.',
  'bgp-stale': () => 'Ob die BGP-Sitzung steht, ist gerade nicht bekannt; die Angaben sind alt.',
  'bgp-unreported': () => 'Cloudflare meldet die BGP-Sitzung nicht.',
  'bgp-back': () => 'Die BGP-Sitzung fiel bei der Neuanmeldung aus und steht wieder.',
  'bgp-stayed': () => 'Die BGP-Sitzung blieb bestehen.',
  'bgp-counts-later': () => 'Die BGP-Sitzung steht; das zählt, wenn es nach der Hold-Zeit von 90 s immer noch so ist.',
  'bgp-late': () => `Die BGP-Sitzung ist nicht zurück. ${MISMATCH}`,
  'bgp-not-yet': () =>
    'Die BGP-Sitzung ist noch nicht zurück. Bleibt das einige Minuten so, den PSK auf dem Router vergleichen.',
  'checks-off': () => 'Für diesen Tunnel sind die Zustandsprüfungen abgeschaltet.',
  'no-results': () => 'Für diesen Tunnel gibt es keine Prüfergebnisse.',
  'health-stale': () => 'Der Zustand ist gerade nicht bekannt; die Angaben sind alt.',
  'health-back': () => 'Der Zustand brach bei der Neuanmeldung ein und ist wieder gut.',
  'health-stayed': () => 'Der Zustand brach nicht ein.',
  'health-lags': () => 'Gesund; Prüfergebnisse kommen einige Minuten später.',
  'health-held': () =>
    'Beeinträchtigt: dabei lässt Cloudflare es nach der Rückkehr eines Tunnels mindestens 5 Minuten, höchstens 30.',
  'health-late': () => `Der Zustand ist nicht wieder gut. ${MISMATCH}`,
  'health-not-yet': () => 'Der Zustand ist noch nicht wieder gut.',
};

export const next: Readonly<Record<RotationNext, string>> = {
  rotated:
    'Der neue PSK funktioniert. Den Verkehr zurückverlegen, und die andere Hälfte an einem anderen Tag wechseln.',
  'given-up-before': 'Abgebrochen, bevor ein PSK gesetzt wurde: nichts hat sich geändert.',
  'given-up-after': 'Abgebrochen, nachdem ein PSK gesetzt wurde: der Router braucht ihn, bevor sich IKE neu anmeldet.',
  'put-right': 'Beheben, was im Weg steht, oder es einzeln hinnehmen.',
  'set-unknown': 'Jetzt einen PSK setzen: den bei Cloudflare kennt niemand.',
  set: 'Den Verkehr verlegen, dann einen neuen PSK erzeugen oder einen eigenen setzen.',
  enter: 'Den neuen PSK auf dem Router eintragen, dann hier bestätigen.',
  'clear-sa':
    'Die IKE-SA auf dem Router löschen. Bis dahin bleibt ein falscher PSK verborgen: IKEv2 prüft PSKs nur bei der Anmeldung.',
  compare:
    'Den PSK auf dem Router mit dem neuen vergleichen, die IKE-SA löschen und das hier noch einmal bestätigen; oder einen neuen PSK setzen.',
  wait: 'Warten, bis BGP und Zustand wieder gut sind.',
};
