/** Whether the wall can be believed: what limits our sight goes before all that the tiles say. Pure. */
import type { EngineStatus, Instant } from '../../../shared/model.ts';
import type { AccountView } from '../../state/board.svelte.ts';
import { faults } from '../../words/faults.ts';

/** Why we do not see; the first ones outweigh the later ones. `health`: results of health checks alone are missing. */
export type Darkness = 'lost' | 'blind' | 'stale' | 'paused' | 'health' | 'asking';

export interface Trouble {
  readonly what: Darkness;
  readonly since: Instant;
  /** Names of accounts; empty when it is about all of them. */
  readonly accounts: readonly string[];
  /** One sentence, or empty. */
  readonly why: string;
  /** Nothing on the wall can be believed: said across the screen. */
  readonly whole: boolean;
}

export interface Seen {
  readonly status: EngineStatus | null;
  readonly lost: string | null;
  readonly heardAt: Instant;
  readonly now: Instant;
  /** The accounts that this wall shows. */
  readonly accounts: readonly AccountView[];
}

const earliest = (times: readonly Instant[]): Instant => Math.min(...times);

interface Part {
  readonly what: Darkness;
  readonly since: Instant;
  readonly why: string;
  readonly view: AccountView;
}

function partOf(view: AccountView, { status, now }: Seen): Part | null {
  const { blind, failing, healthBlind, phase } = view.status;
  if (blind !== null) return { what: 'blind', since: blind.since, why: faults.sentence(blind.fault), view };
  if (!view.fresh.list) {
    if (view.listAgeMs === null) {
      const since = failing?.since ?? status?.startedAt ?? now;
      return phase === 'starting'
        ? { what: 'asking', since, why: failing === null ? '' : faults.sentence(failing.fault), view }
        : null;
    }
    const paused = status?.paused !== undefined;
    return {
      what: paused ? 'paused' : 'stale',
      since: now - view.listAgeMs,
      why: failing === null ? '' : faults.sentence(failing.fault),
      view,
    };
  }
  if (healthBlind !== null)
    return { what: 'health', since: healthBlind.since, why: faults.sentence(healthBlind.fault), view };
  return null;
}

/** Everything that limits our sight, the worst first. Accounts that share a reason are told together. */
export function troublesOf(seen: Seen): readonly Trouble[] {
  const { status, lost, heardAt, accounts } = seen;
  if (lost !== null && status !== null) {
    return [{ what: 'lost', since: heardAt, accounts: [], why: lost, whole: true }];
  }
  const parts = accounts.flatMap((view) => partOf(view, seen) ?? []);
  const dark = parts.filter(({ what }) => what !== 'health').length;
  const groups = Map.groupBy(parts, ({ what, why }) => `${what} ${why}`);
  const troubles = [...groups.values()].map((group): Trouble => {
    const what = group[0]?.what ?? 'blind';
    const everybody = dark === accounts.length && what !== 'health';
    return {
      what,
      // Nobody sees from the moment on at which the last one went dark; what is old is as old as its oldest.
      since: earliest(group.map(({ since }) => since)),
      accounts: group.length === accounts.length ? [] : group.map(({ view }) => view.status.name),
      why: group[0]?.why ?? '',
      whole: everybody && what !== 'asking',
    };
  });
  const paused = status?.paused;
  const told = troubles.some(({ what }) => what === 'paused');
  const pause: readonly Trouble[] =
    paused === undefined || told ? [] : [{ what: 'paused', since: paused.since, accounts: [], why: '', whole: false }];
  return [...troubles, ...pause].sort((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what));
}

const ORDER: readonly Darkness[] = ['lost', 'blind', 'stale', 'paused', 'health', 'asking'];

/** The age of the oldest list among the accounts; `null` when there is none at all. */
export function oldest(accounts: readonly AccountView[]): number | null {
  const ages = accounts.flatMap(({ listAgeMs }) => listAgeMs ?? []);
  return ages.length === 0 ? null : Math.max(...ages);
}
