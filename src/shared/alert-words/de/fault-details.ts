/** Was über eine Störung hinaus bekannt ist. Der Rechner sagt es englisch; Cloudflares eigene Worte bleiben, wie sie sind. */

const CA = 'sein Zertifikat kommt von einer Stelle, der dieser Rechner nicht vertraut';

/** Wendungen, wie der Rechner sie schreibt. */
const whole: Readonly<Record<string, string>> = {
  'connection refused': 'Verbindung abgewiesen',
  'connection reset': 'Verbindung zurückgesetzt',
  'connection closed': 'Verbindung geschlossen',
  'connection closed without an answer': 'Verbindung ohne Antwort geschlossen',
  'network unreachable': 'Netz nicht erreichbar',
  'host unreachable': 'Host nicht erreichbar',
  'no connection': 'keine Verbindung',
  'no such name': 'den Namen gibt es nicht',
  'the resolver does not answer': 'der Resolver antwortet nicht',
  'its certificate has expired': 'sein Zertifikat ist abgelaufen',
  'its certificate is not valid yet; check the clock of this machine':
    'sein Zertifikat gilt noch nicht; die Uhr dieses Rechners prüfen',
  'its certificate is for another name': 'sein Zertifikat gilt für einen anderen Namen',
  'its certificate is signed by itself': 'sein Zertifikat ist selbst signiert',
  'its certificate comes from an authority that this machine does not trust': CA,
  'the other side does not speak TLS': 'die Gegenseite spricht kein TLS',
  'the proxy asks for a name and a password': 'der Proxy verlangt Namen und Passwort',
  'the proxy did not let us through': 'der Proxy ließ uns nicht durch',
  'the answer is empty': 'die Antwort ist leer',
  'it does not say whether it succeeded': 'sie sagt nicht, ob es gelang',
  'it holds characters that no token has, perhaps a blank or a line break':
    'es enthält Zeichen, die kein Token hat, vielleicht ein Leerzeichen oder einen Zeilenumbruch',
  'an id holds characters that no id has': 'eine ID enthält Zeichen, die keine ID hat',
  'its pages of health results do not come to an end': 'ihre Seiten mit Prüfergebnissen nehmen kein Ende',
  'none of its health results can be read': 'keines ihrer Prüfergebnisse ist lesbar',
  'none of its traffic figures can be read': 'keine ihrer Verkehrszahlen ist lesbar',
  'the list of tunnels is not as documented': 'die Liste der Tunnel ist nicht wie dokumentiert',
  'it is about another tunnel': 'sie handelt von einem anderen Tunnel',
  'it holds no key': 'sie enthält keinen Schlüssel',
  'none is configured': 'keines ist konfiguriert',
  'none was given. Give one under Settings first': 'keines wurde angegeben; zuerst eines in den Einstellungen angeben',
};

/** Wendungen mit Angaben darin. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/^answer (\d+)$/, 'Antwort $1'],
  [/^answer (\d+) with a web page$/, 'Antwort $1 mit einer Webseite'],
  [/^answer (\d+), to nowhere$/, 'Antwort $1, ohne Ziel'],
  [/^answer (\d+), to (.+)$/, 'Antwort $1, zu $2'],
  [/^(.+), answer (\d+)$/, '$1, Antwort $2'],
  [/^it was not sent: (.+)$/, 'sie wurde nicht gesendet: $1'],
  [/^it holds no (\S+)$/, 'sie enthält kein $1'],
  [/^it holds (\d+) of (\d+) elements$/, 'sie enthält $1 von $2 Elementen'],
  [/^the environment variable (\S+) is (empty|not set)$/, 'die Umgebungsvariable $1 ist $2'],
  [/^the file (.+) is empty$/, 'die Datei $1 ist leer'],
  [/^the file (.+) does not exist$/, 'die Datei $1 gibt es nicht'],
  [
    /^the keychain has no entry "(.*)" of Tunnelwatch, or it is locked$/,
    'der Schlüsselbund hat keinen Eintrag „$1“ von Tunnelwatch, oder er ist gesperrt',
  ],
];
const STATES: Readonly<Record<string, string>> = { empty: 'leer', 'not set': 'nicht gesetzt' };

/** `Cloudflare says: name is taken, code 1001, at /name`: die Meldung bleibt, was wir hinzufügen, nicht. */
const quoted = (said: string): string =>
  `Cloudflare meldet: ${said.replace(/, code (\d+)/g, ', Code $1').replace(/, at (\/\S*)/g, ', bei $1')}`;

/** Eine Angabe auf Deutsch; was hier fehlt, steht da, wie es kam. */
export function detail(english: string): string {
  if (english.startsWith('Cloudflare says: ')) return quoted(english.slice('Cloudflare says: '.length));
  const known = whole[english];
  if (known !== undefined) return known;
  for (const [pattern, german] of shapes) {
    if (!pattern.test(english)) continue;
    return english
      .replace(pattern, german)
      .replace(/ ist (empty|not set)$/, (_, state: string) => ` ist ${STATES[state] ?? state}`)
      .replace(/^[^,]+(?=, Antwort)/, (text) => whole[text] ?? text);
  }
  // `connection refused, 127.0.0.1 port 8484`: eine Wendung und die Adresse, an der es lag.
  const [first = '', ...rest] = english.split(', ');
  const german = whole[first];
  return german === undefined ? english : [german, ...rest].join(', ').replace(/ port (\d+)$/, ' Port $1');
}
