/** Sentences that sum a tunnel up. Which of them hold is decided in `explain/summary.ts`. */

export const lastKnown = (sentence: string): string => `Last known: ${sentence}`;
export const lost = (since: string, length: string): string =>
  `The Tunnelwatch host has said nothing since ${since} (${length}).`;
export const blind = (since: string, length: string, sentence: string): string =>
  `Blind since ${since} (${length}): ${sentence}`;
export const noAnswer = 'There is no answer yet.';
export const stale = (age: string): string => `The last answer is ${age} old.`;
export const starting = 'The first answers are on their way.';
export const unreadable = (reason: string): string =>
  `The newest answer about this tunnel could not be read, so these are the last known states: ${reason}`;
export const checkHost = 'Check that the Tunnelwatch host runs and can be reached.';
export const restoreSight = 'Restore our sight first; whether the tunnel is up is not known.';

/** @param head A sentence without its full stop; so in all below. */
export const yetBgpUp = (head: string): string =>
  `${head}, yet BGP is up: packets get through, and the probes alone may be blocked.`;
/** Without a full stop. */
export const bgpWithIt = (head: string): string => `${head}, and BGP is down with it`;
export const neverKeyed = (dead: string): string => `No PSK was ever generated, so the tunnel cannot come up. ${dead}`;
export const noneThrough = 'No data centre gets through: this looks like the tunnel or the customer’s side.';
export const someThrough = 'Some data centres do get through: this looks like the way to the others.';

export const nextCustomer = (endpoint: string | null): string =>
  `Check that the customer router${endpoint === null ? '' : ` at ${endpoint}`} has power and line, then IKE and IPsec on it.`;
export const nextCarrier = (endpoint: string | null): string =>
  `Ask the carrier of ${endpoint ?? 'the line'}; ping it from outside the tunnel first.`;
export const nextCloudflare = 'Look at Cloudflare’s status page and open a ticket; keep the times from the list below.';
export const nextTunnel =
  'Compare IKE identity, PSK and settings of this tunnel with its working neighbour; read the router’s IKE log.';

export const onlySome = (head: string, colos: string, of: number): string =>
  `${head}. Only ${colos} ${of === 1 ? 'sees' : 'see'} loss: likely not yours.`;
export const everySees = (head: string): string =>
  `${head}. Every data centre sees loss: this looks like the line or the customer’s side.`;
export const carries = (where: string): string => `The tunnel itself carries packets: ${where}.`;

/** @param same How many findings of that severity. */
export const configured = (head: string, word: 'error' | 'warning', same: number, why: string | null): string => {
  const what = same === 1 ? `has ${word === 'error' ? 'an' : 'a'} ${word}` : `has ${word}s`;
  return `${head}, but its configuration ${what}${why === null ? '.' : `: ${why}`}`;
};
export const readBelow = 'Read the configuration below.';
export const pskIs = (age: string): string => `The PSK is ${age}.`;

export const healthy = 'healthy';
export const health = {
  disabled: 'health checks are off',
  nodata: 'no health results',
  unobserved: 'health not observed',
} as const;
export const bgpUp = (since: string): string => `BGP up ${since}`;
export const bgp = {
  unreported: 'BGP state not reported',
  unknown: 'BGP in a state that Tunnelwatch does not know',
  unobserved: 'BGP not observed',
} as const;
