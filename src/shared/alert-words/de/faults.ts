/** Störungen bei uns oder auf dem Weg zu Cloudflare, in Worten. */
import type { FaultAbout } from '../../fault.ts';
import type { ToldFault } from '../en/faults.ts';
import { detail } from './fault-details.ts';

const about = (said: FaultAbout): string => (said.detail === null ? '' : ` (${detail(said.detail)})`);
const inWhere = ({ account, host }: FaultAbout): string => (account === null ? `bei ${host}` : `im Konto ${account}`);

const number = (value: number): string => new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 }).format(value);
const seconds = (ms: number): string => `${number(ms / 1000)} s`;
const size = (bytes: number): string =>
  bytes >= 1_048_576 ? `${number(bytes / 1_048_576)} MiB` : `${number(bytes)} Byte`;
/** Namen von Berechtigungen bleiben, wie sie im Dashboard heißen. */
const permissions = (names: string): string => names.replace(' or ', ' oder ');

const sentences: Readonly<Record<ToldFault['kind'], (said: FaultAbout) => string>> = {
  'bad-token': (said) =>
    `Die API auf ${said.host} hat das API-Token abgelehnt${about(said)}. Ein neues Token erstellen oder das in den Einstellungen berichtigen.`,
  'missing-permission': (said) =>
    said.permission === null
      ? `Das API-Token darf das ${inWhere(said)} nicht${about(said)}. Berechtigungen und Konten des Tokens prüfen.`
      : `Dem API-Token fehlt ${inWhere(said)} die Berechtigung ${permissions(said.permission)}${about(said)}. Sie im Dashboard von Cloudflare dem Token hinzufügen.`,
  'not-onboarded': (said) =>
    `Cloudflare sagt, dass ${said.account === null ? said.host : `das Konto ${said.account}`} nicht für Magic WAN oder Magic Transit eingerichtet ist${about(said)}. Die Konto-ID prüfen oder bei Cloudflare nachfragen.`,
  'not-found': (said) =>
    `Cloudflare kennt ${inWhere(said)} nichts unter dieser Adresse${about(said)}. Die Konto-ID prüfen.`,
  'rate-limited': (said) =>
    `Cloudflare bittet, langsamer zu fragen: zu viele Anfragen mit diesem Token oder von dieser Adresse${about(said)}. Wir warten; nach anderen Programmen suchen, die dasselbe Token verwenden.`,
  offline: (said) => `Keine Verbindung zu ${said.host}${about(said)}. Netz, Firewall und Proxy dieses Rechners prüfen.`,
  dns: (said) => `Der Name ${said.host} lässt sich nicht auflösen${about(said)}. DNS und Netz dieses Rechners prüfen.`,
  tls: (said) =>
    `Keine vertrauenswürdige TLS-Verbindung zu ${said.host}${about(said)}. Wird TLS in diesem Netz aufgebrochen, dessen CA-Zertifikat in den Einstellungen angeben.`,
  timeout: (said) =>
    `Keine vollständige Antwort von ${said.host} binnen ${seconds(said.deadlineMs)}${about(said)}. Das Netz prüfen; gefragt wird von selbst wieder.`,
  truncated: (said) =>
    `Die Antwort von ${said.host} brach ab oder kam beschädigt an${about(said)}. Gefragt wird von selbst wieder; bleibt es so, Proxy und Netz prüfen.`,
  'not-json': (said) =>
    `Was für ${said.host} geantwortet hat, schickte kein JSON${about(said)}. Womöglich steht eine Anmeldeseite oder ein Proxy dazwischen.`,
  'not-http': (said) =>
    `Was für ${said.host} geantwortet hat, spricht kein HTTP${about(said)}. Die API-Adresse und den Proxy prüfen.`,
  'too-large': (said) =>
    `Die Antwort von ${said.host} ist größer als ${size(said.maxBytes)}${about(said)}. Sie wurde nicht zu Ende gelesen.`,
  'wrong-shape': (said) =>
    `Die Antwort von ${said.host} ist nicht wie dokumentiert${about(said)}. Nichts daraus wurde übernommen; bleibt es so, nach einer neueren Version des Programms sehen.`,
  'server-error': (said) => `Cloudflare hat selbst eine Störung${about(said)}. Gefragt wird von selbst wieder.`,
  redirected: (said) =>
    `Die API auf ${said.host} verweist auf eine andere Adresse${about(said)}. Wir folgen nicht, denn das API-Token darf zu keinem anderen Host; die API-Adresse prüfen.`,
  rejected: (said) => `Cloudflare hat die Anfrage nicht angenommen${about(said)}.`,
  'no-credential': (said) =>
    said.host === '' && said.account !== null
      ? `Für das Konto „${said.account}“ gibt es kein Token: ${said.detail === null ? 'keines ist angegeben' : detail(said.detail)}.`
      : `${said.account === null ? `Für ${said.host}` : `Für das Konto ${said.account}`} gibt es kein API-Token${about(said)}.`,
  aborted: (said) => `Die Anfrage an ${said.host} wurde abgebrochen${about(said)}.`,
  internal: (said) =>
    `Tunnelwatch ist an einer Antwort gescheitert, die es hätte verstehen müssen${about(said)}. Das ist ein Fehler im Programm: sein Protokoll sagt mehr; bitte melden.`,
  stale: () => 'Seit mehr als drei Runden wurde keine Liste der Tunnel gelesen, obwohl keine Anfrage scheiterte.',
};

const DOUBT = ' Ob die Änderung gemacht wurde, ist nicht bekannt: vor einem neuen Versuch den Tunnel lesen.';

/** Was wo falsch ist und was zu tun ist. Wovon wir nicht mehr wissen als den englischen Satz, das steht so da. */
export function sentence(fault: ToldFault): string {
  if (fault.kind === 'stale') return sentences.stale(NOTHING);
  // Eine ältere Aufzeichnung kennt womöglich Arten, die es nicht mehr gibt.
  if (fault.about === undefined || !Object.hasOwn(sentences, fault.kind)) return fault.sentence;
  return `${sentences[fault.kind](fault.about)}${fault.about.doubt ? DOUBT : ''}`;
}

const NOTHING: FaultAbout = {
  host: '',
  account: null,
  permission: null,
  detail: null,
  deadlineMs: 0,
  maxBytes: 0,
  doubt: false,
};
