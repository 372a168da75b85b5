/** Sentences about a BGP session. Which of them hold is decided in `explain/bgp.ts`. */

export const unobserved = 'BGP is not being observed at the moment, so nothing is known about the session.';
export const unconfigured = 'No BGP session is configured on this tunnel; it needs routes that are set by hand.';
export const unreported = (asn: number | null): string =>
  `BGP is configured${asn === null ? '' : ` (customer AS ${asn})`}, but Cloudflare reports no session state.`;
export const lookAtSession =
  'Look at the session on the customer router; if it was configured only now, wait a few minutes.';
export const noReport = 'No report is not the same as down.';
/** @param tcp One of `tcpUp` and `tcpNotYet`. */
export const unknown = (raw: string, tcp: string): string =>
  `Cloudflare reports a BGP state that Tunnelwatch does not know (“${raw}”); ${tcp}.`;
export const newerWord =
  'Look at the session on the customer router, and see whether a newer Tunnelwatch knows the word.';
export const tcpUp = 'TCP to the peer is up';
export const tcpNotYet = 'there is no TCP connection to the peer yet';

export const upAtStep = (when: string, step: string): string =>
  `BGP has been reported up ${when}, yet its step is ${step}: the record is old or contradicts itself.`;
export const upWithoutTcp = (when: string): string =>
  `BGP has been reported up ${when}, yet without a TCP connection: the record is old or contradicts itself.`;
export const up = (when: string, peer: string | null): string =>
  `BGP has been up ${when}: the session${peer === null ? '' : ` with ${peer}`} is established.`;
export const compare = 'Look at the session on the customer router; it has the truth.';
export const quoted = (word: string): string => `“${word}”`;

export const connecting = (length: string, tcp: string): string =>
  `BGP has been connecting for ${length}; ${tcp}. Up to 3 min is usual.`;
export const waitThree = 'Wait until 3 min have passed.';
/** @param why `noTcp` or `noTcpHealthy`. */
export const longWithoutTcp = (when: string, why: string): string =>
  `BGP has been connecting ${when}, longer than two hold times (3 min), and ${why}`;
/** @param why `atOpenConfirm`, `atOpenSent` or `notAccepted`. */
export const longWithTcp = (when: string, why: string): string =>
  `BGP has been connecting ${when}, longer than two hold times (3 min), although TCP works: ${why}`;
/** @param why `refused`, `noPacket`, `noTcp` or `noTcpHealthy`. */
export const down = (when: string, why: string): string => `BGP has been down ${when}: ${why}`;
export const refused =
  'TCP to the peer is up but the session is refused. AS numbers, MD5 key or capabilities do not match.';
export const noPacket = 'health checks fail as well, so no packet gets through for the session to run on.';
export const tunnelFirst = 'Bring the tunnel back first; BGP follows by itself.';
export const noTcpHealthy =
  'there is no TCP connection although health checks pass, so the tunnel works and port 179 does not answer.';
export const noTcp = 'there is no TCP connection: the peer is unreachable through the tunnel.';
export const atOpenConfirm = 'both sides said hello, but the last confirmation does not arrive.';
export const atOpenSent = 'Cloudflare said hello and the customer router does not answer with its own.';
export const notAccepted = 'the customer router does not accept the session.';

export const ping = (address: string | null): string =>
  `From the customer router ping Cloudflare’s tunnel address${address === null ? '' : ` ${address}`} out of the tunnel interface.`;
export const runs = (source: string | null, neighbour: string | null): string =>
  `Check that BGP runs on the router${source === null ? '' : ` with source ${source}`}, that its neighbour is ${
    neighbour ?? 'Cloudflare’s tunnel address'
  }, and that TCP port 179 is allowed both ways.`;
export const md5Hidden =
  'Compare the MD5 key: with a wrong key packets are dropped before TCP connects, which looks the same.';
export const compareAs = (own: number | null, remote: number): string =>
  `Compare AS numbers on the customer router: ${
    own === null ? 'own AS as configured here' : `own AS ${own}`
  }, remote AS ${remote} unless the account has its own.`;
export const md5Compare = 'Compare the MD5 key on both sides.';
export const md5Set = 'Compare the MD5 key: one is set at Cloudflare, so the router needs the same.';
export const md5NotSet = 'No MD5 key is set at Cloudflare, so the router must not use one.';
export const lastNotification = 'Read the last BGP notification in the router’s log; it names the reason.';

export const alone =
  'BGP down alone does not prove that traffic is down: packets can go on by the last known or static routes.';
export const carries = 'Health checks pass, so the tunnel itself carries packets.';
