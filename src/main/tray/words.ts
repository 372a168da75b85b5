/** Every word of the tray. Plain text: names stand in it as they are. */

import { sayIn } from '../../engine/alerts/say.ts';
import { listed, plural } from '../../shared/alert-words/en/grammar.ts';
import type { Say } from '../../shared/alert-words/index.ts';
import { sentence } from '../../shared/alert-words/say.ts';
import type { Acknowledgement, Incident } from '../../shared/alerts.ts';
import { sectionOf } from '../../shared/incident-order.ts';
import type { AccountId, BoardRow, Instant } from '../../shared/model.ts';
import type { Paused } from '../../shared/settings.ts';
import { bgpKind, healthKind, type Standing, troubleSince } from '../../shared/standing.ts';
import type { AccountStatus } from '../../shared/status.ts';

/** Tunnels by how they stand. `taken`: those of the down and degraded that somebody takes care of. */
export interface Tally {
  readonly total: number;
  readonly down: number;
  readonly degraded: number;
  readonly unknown: number;
  readonly taken: number;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Times on the clock of this machine, with the day where it is another one. */
export function sayAt(now: Instant, account: (id: AccountId) => string): Say {
  const day = DAY.format(now);
  const time = (at: Instant): string =>
    DAY.format(at) === day ? CLOCK.format(at) : `${DAY.format(at)} ${CLOCK.format(at)}`;
  return { ...sayIn('UTC', now, account), time };
}

export const beginning = 'Starting';
export const noAccount = 'Nothing is watched: no account is set up';
export const noMatch = (filter: string): string => `Nothing is watched: the tray's filter “${filter}” fits no tunnel`;
export const practice = (line: string): string => `Practice: ${line}`;
export const dataAge = (duration: string): string => `data ${duration} old`;

/** `All 14 tunnels`, `1 tunnel`. */
const all = (total: number): string => (total === 1 ? '1 tunnel' : `All ${total} tunnels`);

function counts({ total, down, degraded, unknown }: Tally): string {
  const of = `of ${plural(total, 'tunnel', 'tunnels')}`;
  const rest = unknown > 0 ? `, ${unknown} unknown` : '';
  if (down > 0) return `${down} ${of} down${degraded > 0 ? `, ${degraded} degraded` : ''}${rest}`;
  if (degraded > 0) return `${degraded} ${of} degraded${rest}`;
  if (unknown === 0) return `${all(total)} up`;
  return unknown === total ? `${all(total)} unknown` : `${total - unknown} ${of} up${rest}`;
}

function care({ down, degraded, taken }: Tally): string {
  if (taken === 0) return '';
  return taken < down + degraded ? `, ${taken} taken care of` : taken === 1 ? ', taken care of' : ', all taken care of';
}

/** `2 of 14 tunnels down`. @param calling Incidents that wait for somebody. */
export function tunnels(tally: Tally, calling: number): string {
  if (tally.total === 0) return 'No tunnel to watch';
  const waiting = tally.taken === tally.down + tally.degraded && calling > 0;
  const alerts = waiting
    ? `, ${plural(calling, 'alert', 'alerts')} ${calling === 1 ? 'waits' : 'wait'} for somebody`
    : '';
  return `${counts(tally)}${care(tally)}${alerts}`;
}

export const lastKnown = (tally: Tally): string => `Last known: ${small(tunnels(tally, 0))}`;
const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** @param list The list is old; else health results alone are. */
export function stale(age: string, tally: Tally, list: boolean): string {
  const what = list ? `Data ${age} old` : 'Health results are old';
  return tally.total === 0 ? what : `${what}. ${lastKnown(tally)}`;
}
export const staleAccount = (name: string, age: string): string => `Data of ${name} ${age} old`;
export const starting = (names: readonly string[]): string => `Asking Cloudflare for the tunnels of ${listed(names)}`;

/** `Blind since 10:02: The token was refused.`, one for each reason. @param alone There is no other account to name. */
export function blind(accounts: readonly AccountStatus[], alone: boolean, say: Say): readonly string[] {
  const reasons = new Map<string, AccountStatus[]>();
  for (const account of accounts) {
    const why = account.blind?.fault.sentence ?? '';
    reasons.set(why, [...(reasons.get(why) ?? []), account]);
  }
  return [...reasons].map(([why, some]) => {
    const since = Math.min(...some.map((account) => account.blind?.since ?? say.now));
    const names = alone ? '' : ` (${listed(some.map(({ name }) => name))})`;
    return `Blind since ${say.time(since)}${names}: ${sentence(why)}`;
  });
}

/** Health results need a permission of their own. */
export const healthBlind = ({ name, healthBlind: since }: AccountStatus, say: Say): string =>
  `Health results of ${name} cannot be read${since === null ? '' : ` since ${say.time(since.since)}`}`;

/** `Paused until 11:15`. */
export const paused = ({ until }: Paused, say: Say): string =>
  until === null ? 'Paused until somebody resumes' : `Paused until ${say.time(until)}`;

const BGP: Partial<Record<string, string>> = { down: 'BGP down', establishing: 'BGP establishing' };
const HEALTH: Partial<Record<string, string>> = { down: 'health checks fail', degraded: 'health degraded' };

/** `paris-1: BGP down since 10:02`. */
export function tunnel({ name, lanes }: BoardRow, { kind, stale: old }: Standing, taken: boolean, say: Say): string {
  const what = [
    bgpKind(lanes.bgp.value) === kind ? BGP[lanes.bgp.value] : undefined,
    healthKind(lanes.health.value) === kind ? HEALTH[lanes.health.value] : undefined,
  ].filter((part) => part !== undefined);
  const since = `${what.join(' and ')} since ${say.time(troubleSince(lanes))}`;
  return `${name}: ${old ? 'last known ' : ''}${since}${taken ? ' (taken care of)' : ''}`;
}

const by = (acknowledgement: Acknowledgement | null): string =>
  acknowledgement === null ? 'Acknowledged' : `Acknowledged by ${acknowledgement.by}`;

/** An incident in one line: first whether somebody takes care of it. */
export function incident(one: Incident, title: string): string {
  switch (sectionOf(one)) {
    case 'acknowledged':
      return `${by(one.acknowledgement)}: ${title}`;
    case 'silenced':
      return `Silenced: ${title}`;
    default:
      return title;
  }
}

export const items = {
  incidents: 'Current incidents',
  noIncidents: 'No current incident',
  openIncident: 'Open',
  acknowledge: 'Acknowledge',
  pause: 'Pause polling',
  paused: 'Change the pause',
  quarter: '15 min',
  hour: '1 h',
  untilResumed: 'Until resumed (a day at most)',
  resume: 'Resume polling',
  board: 'Open the board',
  wall: 'Open the wall',
  mute: 'Mute sounds',
  preferences: 'Preferences …',
  help: 'Help and about',
  quit: 'Quit Tunnelwatch',
} as const;
export const moreTunnels = (of: number): string => `and ${plural(of, 'more tunnel', 'more tunnels')}`;
export const moreIncidents = (of: number): string => `and ${plural(of, 'more incident', 'more incidents')}`;
/** What is written into the record beside an acknowledgement; pages say it in their own language. */
export const fromTray = 'from the tray';
