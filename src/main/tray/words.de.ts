/** Alle Worte des Infobereichs. Reiner Text: Namen stehen darin, wie sie sind. */

import { sayIn } from '../../engine/alerts/say.ts';
import { listed, plural } from '../../shared/alert-words/de/grammar.ts';
import { faultSentence } from '../../shared/alert-words/fault-words.ts';
import type { Say } from '../../shared/alert-words/index.ts';
import { sentence } from '../../shared/alert-words/say.ts';
import type { Acknowledgement, Incident } from '../../shared/alerts.ts';
import { sectionOf } from '../../shared/incident-order.ts';
import type { AccountId, BoardRow, Instant } from '../../shared/model.ts';
import type { Paused } from '../../shared/settings.ts';
import { bgpKind, healthKind, type Standing, troubleSince } from '../../shared/standing.ts';
import type { AccountStatus } from '../../shared/status.ts';
import type { Tally } from './words.ts';

const CLOCK = new Intl.DateTimeFormat('de-DE', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'short' });

/** Zeiten nach der Uhr dieses Rechners, mit dem Tag, wo es ein anderer ist. */
export function sayAt(now: Instant, account: (id: AccountId) => string): Say {
  const day = DAY.format(now);
  const time = (at: Instant): string =>
    DAY.format(at) === day ? CLOCK.format(at) : `${DAY.format(at)} ${CLOCK.format(at)}`;
  return { ...sayIn('UTC', now, account, 'de'), time };
}

export const beginning = 'Startet';
export const noAccount = 'Nichts wird beobachtet: kein Konto ist eingerichtet';
export const noMatch = (filter: string): string =>
  `Nichts wird beobachtet: auf den Filter „${filter}“ passt kein Tunnel`;
export const practice = (line: string): string => `Übung: ${line}`;
export const dataAge = (duration: string): string => `Daten ${duration} alt`;

/** `Alle 14 Tunnel`, `1 Tunnel`. */
const all = (total: number): string => (total === 1 ? '1 Tunnel' : `Alle ${total} Tunnel`);

function counts({ total, down, degraded, unknown }: Tally): string {
  const of = `von ${plural(total, 'Tunnel', 'Tunneln')}`;
  const rest = unknown > 0 ? `, ${unknown} unbekannt` : '';
  if (down > 0) return `${down} ${of} ausgefallen${degraded > 0 ? `, ${degraded} beeinträchtigt` : ''}${rest}`;
  if (degraded > 0) return `${degraded} ${of} beeinträchtigt${rest}`;
  if (unknown === 0) return `${all(total)} in Ordnung`;
  return unknown === total ? `${all(total)} unbekannt` : `${total - unknown} ${of} in Ordnung${rest}`;
}

function care({ down, degraded, taken }: Tally): string {
  if (taken === 0) return '';
  if (taken < down + degraded) return `, um ${taken} kümmert sich jemand`;
  return taken === 1 ? ', jemand kümmert sich' : ', um alle kümmert sich jemand';
}

/** `2 von 14 Tunneln ausgefallen`. @param calling Vorfälle, die auf jemanden warten. */
export function tunnels(tally: Tally, calling: number): string {
  if (tally.total === 0) return 'Kein Tunnel zu beobachten';
  const waiting = tally.taken === tally.down + tally.degraded && calling > 0;
  const alerts = waiting
    ? `, ${plural(calling, 'Alarm', 'Alarme')} ${calling === 1 ? 'wartet' : 'warten'} auf jemanden`
    : '';
  return `${counts(tally)}${care(tally)}${alerts}`;
}

/** Am Anfang steht eine Zahl oder ein Wort, das im Satz klein wird. */
const small = (text: string): string => text.replace(/^(Alle|Kein)(?= )/, (word) => word.toLowerCase());
export const lastKnown = (tally: Tally): string => `Zuletzt bekannt: ${small(tunnels(tally, 0))}`;

/** @param list Die Liste ist alt; sonst sind es allein die Prüfergebnisse. */
export function stale(age: string, tally: Tally, list: boolean): string {
  const what = list ? `Daten ${age} alt` : 'Prüfergebnisse sind alt';
  return tally.total === 0 ? what : `${what}. ${lastKnown(tally)}`;
}
export const staleAccount = (name: string, age: string): string => `Daten von ${name} ${age} alt`;
export const starting = (names: readonly string[]): string =>
  `Cloudflare wird nach den Tunneln von ${listed(names)} gefragt`;

/** `Blind seit 10:02: Das Token wurde abgelehnt.`, eine Zeile je Grund. @param alone Es gibt kein anderes Konto. */
export function blind(accounts: readonly AccountStatus[], alone: boolean, say: Say): readonly string[] {
  const reasons = new Map<string, AccountStatus[]>();
  for (const account of accounts) {
    const why = account.blind === null ? '' : faultSentence(account.blind.fault, say.words);
    reasons.set(why, [...(reasons.get(why) ?? []), account]);
  }
  return [...reasons].map(([why, some]) => {
    const since = Math.min(...some.map((account) => account.blind?.since ?? say.now));
    const names = alone ? '' : ` (${listed(some.map(({ name }) => name))})`;
    return `Blind seit ${say.time(since)}${names}: ${sentence(why)}`;
  });
}

/** Prüfergebnisse brauchen eine eigene Berechtigung. */
export const healthBlind = ({ name, healthBlind: since }: AccountStatus, say: Say): string =>
  `Prüfergebnisse von ${name} sind nicht lesbar${since === null ? '' : ` seit ${say.time(since.since)}`}`;

/** `Pausiert bis 11:15`. */
export const paused = ({ until }: Paused, say: Say): string =>
  until === null ? 'Pausiert, bis jemand fortsetzt' : `Pausiert bis ${say.time(until)}`;

const BGP: Partial<Record<string, string>> = { down: 'BGP ausgefallen', establishing: 'BGP im Aufbau' };
const HEALTH: Partial<Record<string, string>> = {
  down: 'Zustandsprüfungen schlagen fehl',
  degraded: 'Zustand beeinträchtigt',
};

/** `paris-1: BGP ausgefallen seit 10:02`. */
export function tunnel({ name, lanes }: BoardRow, { kind, stale: old }: Standing, taken: boolean, say: Say): string {
  const what = [
    bgpKind(lanes.bgp.value) === kind ? BGP[lanes.bgp.value] : undefined,
    healthKind(lanes.health.value) === kind ? HEALTH[lanes.health.value] : undefined,
  ].filter((part) => part !== undefined);
  const since = `${what.join(' und ')} seit ${say.time(troubleSince(lanes))}`;
  return `${name}: ${old ? 'zuletzt bekannt ' : ''}${since}${taken ? ' (jemand kümmert sich)' : ''}`;
}

const by = (acknowledgement: Acknowledgement | null): string =>
  acknowledgement === null ? 'Quittiert' : `Quittiert von ${acknowledgement.by}`;

/** Ein Vorfall in einer Zeile: zuerst, ob sich jemand kümmert. */
export function incident(one: Incident, title: string): string {
  switch (sectionOf(one)) {
    case 'acknowledged':
      return `${by(one.acknowledgement)}: ${title}`;
    case 'silenced':
      return `Stummgeschaltet: ${title}`;
    default:
      return title;
  }
}

export const items = {
  incidents: 'Aktuelle Vorfälle',
  noIncidents: 'Kein aktueller Vorfall',
  openIncident: 'Öffnen',
  acknowledge: 'Quittieren',
  pause: 'Abfragen pausieren',
  paused: 'Pause ändern',
  quarter: '15 min',
  hour: '1 h',
  untilResumed: 'Bis jemand fortsetzt (höchstens einen Tag)',
  resume: 'Abfragen fortsetzen',
  board: 'Übersicht öffnen',
  wall: 'Wand öffnen',
  mute: 'Töne stummschalten',
  preferences: 'Einstellungen …',
  help: 'Hilfe und Info',
  quit: 'Tunnelwatch beenden',
} as const;
export const moreTunnels = (of: number): string => `und ${plural(of, 'weiterer Tunnel', 'weitere Tunnel')}`;
export const moreIncidents = (of: number): string => `und ${plural(of, 'weiterer Vorfall', 'weitere Vorfälle')}`;
export { fromTray } from './words.ts';
