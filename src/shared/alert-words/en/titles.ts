/** Phrases of titles and of the sentences below them. */
import type { Cause } from '../../alerts.ts';
import { plural } from './grammar.ts';

/** `12 of 12 tunnels`. */
export const share = (failing: number, of: number): string => `${failing} of ${plural(of, 'tunnel', 'tunnels')}`;
export const accounts = (count: number): string => plural(count, 'account', 'accounts');
/** Which tunnels are meant. `where` is an address, a site or an account. */
export const whose = (kind: Cause['kind'], where: string): string =>
  kind === 'cloudflare-endpoint' ? `to ${where}` : kind === 'customer-endpoint' ? `from ${where}` : `of ${where}`;
/** Tunnels whose number says nothing. */
export const tunnels = (whose: string): string => `tunnels ${whose}`;
export const app = 'Tunnelwatch';

export const healthBlind = (accounts: string): string => `Health results of ${accounts} cannot be read`;
export const healthWasBlind = (accounts: string): string => `health results of ${accounts} could not be read`;
export const isolated = (site: string, share: string, does: string): string => `${site} is isolated: ${share} ${does}`;

export const ended: Readonly<Record<'account' | 'tunnel' | 'rule', string>> = {
  account: 'Its account is no longer in the settings: whether it still fails is not known.',
  tunnel: 'The tunnel is no longer in the account.',
  rule: 'The settings no longer ask for this rule there: whether it still fails is not told.',
};

export const merged = (statement: string): string => `Part of a wider incident: ${statement}`;
export const unwatched = (statement: string): string => `No longer watched: ${statement}`;
export const resolved = (statement: string): string => `Resolved: ${statement}`;
export const recovering = (statement: string): string => `Recovering: ${statement}`;

export const noOthers = (kind: 'cloudflare-endpoint' | 'customer-endpoint'): string =>
  kind === 'cloudflare-endpoint'
    ? 'The account has no tunnels to other endpoints.'
    : 'The account has no tunnels from other customer endpoints.';
export const othersFine = (kind: 'cloudflare-endpoint' | 'customer-endpoint'): string =>
  kind === 'cloudflare-endpoint' ? 'All other endpoints are fine.' : 'All other customer endpoints are fine.';
export const elsewhere = (failing: number, of: number): string =>
  `Elsewhere ${failing} of ${plural(of, 'tunnel', 'tunnels')} ${failing === 1 ? 'fails' : 'fail'} as well.`;

/** @param since `since 10:02 (4 min)`. */
export const noneLeftLater = (since: string): string =>
  `No tunnel of the site is left ${since}; trouble there began earlier.`;
export const noneLeft = 'No tunnel of the site is left.';
/** @param site `null`: some site. */
export const siteHasNone = (site: string | null): string => `${site ?? 'A site'} has no tunnel left.`;
export const lastTunnel = 'The site runs on its last tunnel.';
export const lastTunnels = 'Sites run on their last tunnel.';
export const standby = 'It is a standby: nobody feels its loss until it is needed.';

export const bgpAlone = 'BGP down alone does not prove that traffic is down.';
export const stillPass = 'Health checks still pass, so packets get through.';
export const holds = 'It is recovering: after an outage Cloudflare holds a tunnel at degraded for 5 to 30 min.';
export const mayHold =
  'It is recovering: the end is told when it stays so. Cloudflare may hold health at degraded for 5 to 30 min.';
export const overForNow = 'It is over for the moment; the end is told when it stays so.';

export const bgpStillWatched = 'BGP and keys are still watched; whether health checks pass is not known meanwhile.';
export const nothingKnown = (accounts: number): string =>
  `Nothing is known of ${accounts === 1 ? 'its' : 'their'} tunnels meanwhile; the last known states stay.`;

/** @param change A clause: `the configuration of paris-1 changed.` */
export const changedAtOnce = (change: string): string => `At about the same time, ${change}`;
export const changedBefore = (length: string, change: string): string => `${length} before, ${change}`;

export const happened = (time: string): string => `It was at ${time}.`;
export const happens = (time: string, length: string): string => `At ${time} (${length} ago).`;
export const lasted = (exact: boolean, length: string, from: string, to: string): string =>
  exact ? `It lasted ${length}, from ${from} to ${to}.` : `It lasted at least ${length}, from before ${from} to ${to}.`;
export const wasOpen = (from: string, to: string): string => `It was open from ${from} to ${to}.`;
export const cameBack = (times: number): string => `It came back ${times === 1 ? 'once' : `${times} times`}.`;
export const goesOnIn = (id: string): string => `It has the same cause as ${id} and goes on there.`;
export const unseen = 'Not seen at the moment: this is the last that is known.';
