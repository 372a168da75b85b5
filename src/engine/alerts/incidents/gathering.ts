/**
 * Alerts that are not outages, gathered by what they say: lists to work off, things that were done, what keeps us from
 * seeing, and ourselves. None of them ever joins an outage.
 *
 * - Lists (old keys, configuration): one incident for each account and rule; it takes what comes within a day.
 * - Done things (recreated, disappeared, changed): one for each account, rule and occasion: at most 15 min apart.
 * - Sight: one for all accounts with the same rule and reason that went blind within 3 min of each other. What the network
 *   does to a request differs from one to the next, so all network faults are one reason.
 */
import type { Alert, Cause } from '../../../shared/alerts.ts';
import type { AccountId, Millis } from '../../../shared/model.ts';
import type { Moment } from '../contract.ts';
import type { Case } from './case.ts';
import { familyOf, gatherKey, HAPPENING_WINDOW_MS, LISTING_WINDOW_MS, WINDOW_MS } from './families.ts';

/** Alerts without a home, and the open cases of one gathering key. */
export interface Gathering {
  readonly free: Map<string, { readonly alert: Alert; readonly onset: Millis }>;
  readonly cases: Set<Case>;
}

export interface GatherHands {
  open(cause: Cause, opener: Alert, onset: Millis): Case;
  house(alert: Alert, into: Case, onset: Millis): void;
}

/** The gathering that an alert belongs to, made when it is the first. */
export function gatheringOf(all: Map<string, Gathering>, alert: Alert): Gathering {
  const key = gatherKey(alert);
  const found = all.get(key);
  if (found !== undefined) return found;
  const made: Gathering = { free: new Map(), cases: new Set() };
  all.set(key, made);
  return made;
}

function takes(it: Case, alert: Alert, onset: Millis, at: Moment): boolean {
  if (it.knows(alert)) return true;
  switch (familyOf(alert)) {
    case 'listing':
      return at.mono - it.openedMono <= LISTING_WINDOW_MS;
    case 'happening':
      return Math.abs(onset - it.last) <= HAPPENING_WINDOW_MS;
    case 'sight':
      return Math.abs(onset - it.first) <= WINDOW_MS;
    default:
      return true;
  }
}

function causeFor({ rule, subject }: Alert): Cause {
  if (subject.kind === 'app') return { kind: 'app' };
  if (familyOf({ rule, subject }) === 'sight') return { kind: 'blind', accountIds: [subject.accountId] };
  return { kind: 'rule', accountId: subject.accountId, rule, extent: { failing: 0, of: 0 } };
}

/** Finds homes for what is free in a gathering. What fires opens an incident where none takes it; what is pending waits. */
export function gather({ free, cases }: Gathering, at: Moment, hands: GatherHands): void {
  const inOrder = [...free.values()].sort((a, b) => a.onset - b.onset || (a.alert.id < b.alert.id ? -1 : 1));
  // Those that fire first: pending ones join what they open.
  const firing = inOrder.filter(({ alert }) => alert.phase === 'firing');
  for (const { alert, onset } of [...firing, ...inOrder.filter((one) => !firing.includes(one))]) {
    const old = [...cases].sort((a, b) => a.number - b.number).find((it) => takes(it, alert, onset, at));
    const home = old ?? (alert.phase === 'firing' ? hands.open(causeFor(alert), alert, onset) : null);
    if (home === null) continue;
    cases.add(home);
    free.delete(alert.id);
    hands.house(alert, home, onset);
  }
}

/** Brings the cause up to date with the alerts. `size`: how many tunnels an account has. */
export function gathered(it: Case, size: (accountId: AccountId) => number): Cause {
  const { cause } = it;
  if (cause.kind === 'rule') {
    const failing = new Set<string>();
    for (const { phase, subject, id } of it.alerts()) {
      if (phase === 'pending' || phase === 'firing') failing.add(subject.kind === 'tunnel' ? subject.key : id);
    }
    // A tunnel that disappeared is in no list any more.
    const gone = cause.rule === 'tunnel-disappeared' ? failing.size : 0;
    return { ...cause, extent: { failing: failing.size, of: Math.max(size(cause.accountId) + gone, failing.size) } };
  }
  if (cause.kind !== 'blind') return cause;
  const open = new Set<AccountId>();
  const ever = new Set<AccountId>();
  for (const { subject, phase } of it.alerts()) {
    if (subject.kind === 'app') continue;
    ever.add(subject.accountId);
    if (phase !== 'resolved') open.add(subject.accountId);
  }
  const accountIds = [...(open.size > 0 ? open : ever)].sort();
  return accountIds.length === 0 ? cause : { ...cause, accountIds };
}
