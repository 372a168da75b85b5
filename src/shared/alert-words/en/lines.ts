/** Phrases of one alert in a line, and of the facts behind it. */
import { plural } from './grammar.ts';

export const unseen = ', not seen at the moment';
export const pending = ', not confirmed yet';
export const recovering = ', recovering';
export const at = (time: string, length: string): string => `at ${time} (${length} ago)`;
export const fromTo = (exact: boolean, from: string, to: string): string =>
  `from ${exact ? '' : 'before '}${from} to ${to}`;

export const tcpUp = 'TCP to the peer is up, the session is not: AS numbers, MD5 key or capabilities do not match.';
export const tcpDown = 'There is no TCP connection to the peer.';
export const tcpUnsaid = 'Cloudflare does not say whether there is a TCP connection to the peer.';
export const pass = 'Health checks pass, so the tunnel itself carries packets.';
export const fail = 'Health checks fail as well, so no packet gets through for the session to run on.';
export const alone =
  'BGP down alone does not prove that traffic is down: packets can go on by the last known or static routes.';
export const step = (step: string): string => `The session stands at ${step}.`;
export const contradiction = (state: string | null, what: string): string =>
  `Cloudflare says ${state ?? 'something'}: ${what}`;

export const noColo = 'No data centre is named.';
export const healthyIn = (healthy: number, all: number): string =>
  `Healthy in ${healthy} of ${plural(all, 'data centre', 'data centres')}.`;
export const worst = (name: string): string => `Worst: ${name}`;
/** @param window `null`: not known. */
export const changes = (count: number, window: string | null): string =>
  `${plural(count, 'change', 'changes')}${window === null ? '' : ` within ${window}`}.`;

export const siteDown = (dead: number, all: number): string =>
  `${dead} of ${plural(all, 'tunnel', 'tunnels')} of the site ${dead === 1 ? 'is' : 'are'} down.`;
export const lastLive = (name: string): string => `The last that works: ${name}`;
export const unknown = (count: number): string => `Of ${plural(count, 'tunnel', 'tunnels')} nothing is known.`;
export const standby: readonly string[] = [
  'Nothing but health checks went through it for 6 h at least: nobody feels it until it is needed.',
  'Cloudflare’s own alert skips such a tunnel.',
];

export const noKey = 'Cloudflare reports no pre-shared key for this tunnel.';
export const keyAge = (days: number, made: string | null): string =>
  `The PSK is ${plural(days, 'day', 'days')} old${made === null ? '' : `, generated ${made}`}.`;
export const keyLimit = (days: number): string => `The policy allows ${plural(days, 'day', 'days')}.`;
export const moreFindings = (count: number): string =>
  `${plural(count, 'other finding', 'other findings')} on this tunnel.`;

export const healthUnread = 'Health results cannot be read; the list of tunnels can.';
export const listUnread = 'The list of tunnels cannot be read.';
export const permission = (name: string): string => `The permission that is missing: ${name}`;
export const waitFor = (length: string): string => `Cloudflare asks to wait for ${length}.`;
export const about = (tunnels: number): string => `It is about ${plural(tunnels, 'tunnel', 'tunnels')}.`;

export const disappeared = 'It is missing from the lists of the account; what it carried is gone either way.';
export const ids = (before: string, after: string): string => `The id was ${before} and is ${after} now.`;
export const recreated = 'Its IKE identity and its key are new; a router that knows the old ones cannot authenticate.';
export const lostWithRestart = 'What happens now is lost with the next restart.';
