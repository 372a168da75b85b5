/**
 * Was im Verlauf eines Vorfalls steht, auf Deutsch. Aufgezeichnet wird englisch und bleibt es; hier stehen die Formen, die das
 * Programm selbst schreibt. Was Menschen dazuschrieben, bleibt, wie es ist.
 */
import type { Incident, IncidentStep } from '../../alerts.ts';
import { plural } from './grammar.ts';
import { share, tunnels, whose } from './titles.ts';

/** Nach „von“ und „zu“. */
const severities: Readonly<Record<Incident['severity'], string>> = {
  critical: 'kritisch',
  warning: 'Warnung',
  info: 'Hinweis',
};
const severity = (text: string): string =>
  Object.hasOwn(severities, text) ? severities[text as Incident['severity']] : text;

/** `12 of 12 tunnels to 203.0.113.1`, `tunnels of Paris`, `3 accounts`; ein Name bleibt. */
function extent(note: string): string {
  const [, failing, of, which, where = ''] = /^(?:(\d+) of (\d+) )?tunnels? (to|from|of) (.+)$/s.exec(note) ?? [];
  if (which !== undefined) {
    const whom = whose(which === 'to' ? 'cloudflare-endpoint' : 'site', where);
    return failing === undefined ? tunnels(whom) : `${share(Number(failing), Number(of))} ${whom}`;
  }
  const [, accounts] = /^(\d+) accounts?$/.exec(note) ?? [];
  if (accounts !== undefined) return plural(Number(accounts), 'Konto', 'Konten');
  return note.replace(/^(\d+) of (\d+)$/, '$1 von $2');
}

/** Was das Programm für jemanden dazuschreibt, der auf einen Knopf drückt. */
const own: Readonly<Record<string, string>> = {
  'from the tray': 'aus dem Infobereich',
  'from a notification': 'aus einer Benachrichtigung',
};

/** Was ein Schritt vermerkte. */
export function noted(what: IncidentStep['what'], note: string): string {
  switch (what) {
    case 'worse':
    case 'milder': {
      const [from = note, to] = note.split(' to ');
      return to === undefined ? note : `von ${severity(from)} zu ${severity(to)}`;
    }
    case 'opened':
    case 'cause':
    case 'grew':
      return extent(note);
    case 'resolved':
      return note.replace(/^part of (i-\d+)$/, 'Teil von $1');
    case 'acknowledged':
      return own[note] ?? note;
    default:
      return note;
  }
}
