/** Sentences about health. Which of them hold is decided in `explain/health.ts`. */
import { plural } from '../../format/number.ts';

type ColoWord = 'healthy' | 'degraded' | 'down';

const centres = (of: number): string => plural(of, 'data centre', 'data centres');

export const inOnly = (word: ColoWord): string => `${word} in the only data centre that reports`;
export const inNone = (word: ColoWord, all: number): string => `${word} in none of ${centres(all)}`;
export const inAll = (word: ColoWord, all: number): string => `${word} in all ${all} data centres`;
export const inSome = (word: ColoWord, some: number, all: number): string =>
  `${word} in ${some} of ${all} data centres`;

export const unobserved = 'Health is not being observed at the moment.';
export const nodata =
  'No data centre reports health for this tunnel, so nothing is known; that is not the same as down.';
export const checkOn = 'Check that health checks are on and that the token has the permission Account Analytics Read.';
export const disabled =
  'Health checks are switched off: Cloudflare goes on sending traffic and cannot warn or fail over.';
export const switchOn = 'Switch health checks on, unless this is on purpose.';

export const rekey = (isDown: boolean, since: string, every: string): string =>
  `${isDown ? 'Down' : 'Degraded'} ${since}: about when it renews its keys (${every}).`;
export const rekeyWait = (until: string): string => `Wait until ${until}: a rekey dip is over by then.`;

export const pass = 'Health checks pass.';
/** @param where `Healthy in 12 of 14 data centres`. */
export const notIn = (where: string, others: string): string => `${where}; not in ${others}.`;
export const fewNormal = 'A few data centres that see loss are normal; only those that your traffic enters matter.';

export const between = (first: string, last: string): string => `between ${first} and ${last}`;
export const byThen = (last: string): string => `by ${last}`;
export const recovering = (back: string, when: string, share: string | null): string =>
  `Recovering: checks pass again since ${back}, and Cloudflare should call it healthy ${when}${share === null ? '' : ` (${share})`}.`;
export const recoveringWait = 'Wait; restarting the router now would only begin the wait anew.';
export const recoveringHold =
  'After an outage Cloudflare leaves a tunnel at degraded for at least 5 min and up to 30 min.';

export const degraded = (since: string, where: string | null, worst: string | null): string =>
  `Degraded ${since}${where === null ? '' : `: ${where}${worst === null ? '' : `; worst in ${worst}`}`}.`;
export const compareOthers =
  'Compare with other tunnels in the same data centres; if they suffer too, it is not yours.';
export const checkLine = 'Check the line for loss and the router for load: some probes arrive and some do not.';

/** @param where `Down in 12 of 14 data centres`; `null` when none reports. */
export const down = (where: string | null, since: string, healthy: number): string =>
  `${where ?? 'Down'} ${since}${where !== null && healthy > 0 ? `, healthy in ${healthy}` : ''}.`;
export const routerReachable = 'Check that the customer router is reachable and that IKE and IPsec are up on it.';
export const probeReply =
  'Check whether a stateful firewall drops the probes: they are unrequested ICMP echo replies; the type “request” passes.';
export const probeRequest = 'Check that the customer router answers ICMP from inside the tunnel.';
export const bgpUp = 'BGP is up over this tunnel, so packets do get through: probes alone may be blocked.';
