/** BGP explained: state, TCP and the RFC 4271 step together say where to look; none of them does alone. */
import type { BgpConfig, BgpStatus, Instant, LaneState, LaneValues, Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { type Explanation, explanation } from './explanation.ts';
import { since } from './lane.ts';

/** Two hold times: on IPsec tunnels Cloudflare holds a session for 90 s. Longer attempts are stuck, not slow. */
export const ESTABLISHING_LIMIT_MS: Millis = 180_000;
/** Cloudflare's AS number on tunnels unless the account uses one of its own. */
const CLOUDFLARE_ASN = 13335;

/** The facts that an explanation of BGP rests on; `config` and `cloudflareSide` only make it more precise. */
export interface BgpFacts {
  readonly lane: LaneState<'bgp'>;
  readonly status: BgpStatus | null;
  readonly health: LaneValues['health'];
  readonly config?: BgpConfig | null;
  /** Cloudflare's address inside the tunnel. */
  readonly cloudflareSide?: string | null;
}

/** One sentence about the BGP session, and what to check next. */
export function explainBgp(facts: BgpFacts, now: Instant): Explanation {
  const { lane, status, config } = facts;
  const asn = config ? ` (customer AS ${config.customerAsn})` : '';
  switch (lane.value) {
    case 'unobserved':
      return explanation('unknown', 'BGP is not being observed at the moment, so nothing is known about the session.');
    case 'unconfigured':
      return explanation('ok', 'No BGP session is configured on this tunnel; it needs routes that are set by hand.');
    case 'unreported':
      return explanation(
        'unknown',
        `BGP is configured${asn}, but Cloudflare reports no session state.`,
        ['Look at the session on the customer router; if it was configured only now, wait a few minutes.'],
        ['No report is not the same as down.'],
      );
    case 'up':
      return up(facts, now);
    case 'establishing':
      return establishing(facts, now);
    case 'down':
      return down(facts, now);
    case 'unknown':
      return explanation(
        'unknown',
        `Cloudflare reports a BGP state that Tunnelwatch does not know (“${status?.raw ?? ''}”); ${tcpClause(status)}.`,
        ['Look at the session on the customer router, and see whether a newer Tunnelwatch knows the word.'],
      );
  }
}

function up({ lane, status }: BgpFacts, now: Instant): Explanation {
  const when = since(lane, now);
  const step = status?.bgpState ?? null;
  const compare = 'Look at the session on the customer router; it has the truth.';
  if (step !== null && !sameWord(step, 'Established')) {
    return explanation(
      'info',
      `BGP has been reported up ${when}, yet its step is ${stepWord(step)}: the record is old or contradicts itself.`,
      [compare],
    );
  }
  if (status && !status.tcpEstablished) {
    return explanation(
      'info',
      `BGP has been reported up ${when}, yet without a TCP connection: the record is old or contradicts itself.`,
      [compare],
    );
  }
  const peer = status?.customerSpeakerIp ? ` with ${status.customerSpeakerIp}` : '';
  return explanation('ok', `BGP has been up ${when}: the session${peer} is established.`);
}

function establishing(facts: BgpFacts, now: Instant): Explanation {
  const { lane, status } = facts;
  const long = now - lane.since > ESTABLISHING_LIMIT_MS;
  if (!long) {
    return explanation(
      'info',
      `BGP has been connecting for ${duration(now - lane.since)}; ${tcpClause(status)}. Up to 3 min is usual.`,
      ['Wait until 3 min have passed.'],
      trafficNotes(facts),
    );
  }
  const head = `BGP has been connecting ${since(lane, now)}, longer than two hold times (3 min)`;
  if (!status?.tcpEstablished)
    return explanation('warning', `${head}, and ${noTcp(facts)}`, checkTcp(facts), trafficNotes(facts));
  return explanation(
    'warning',
    `${head}, although TCP works: ${stuckAt(status.bgpState)}`,
    checkOpen(facts),
    trafficNotes(facts),
  );
}

function down(facts: BgpFacts, now: Instant): Explanation {
  const head = `BGP has been down ${since(facts.lane, now)}`;
  const notes = trafficNotes(facts);
  if (facts.status?.tcpEstablished) {
    const why = 'TCP to the peer is up but the session is refused. AS numbers, MD5 key or capabilities do not match.';
    return explanation('critical', `${head}: ${why}`, checkOpen(facts), notes);
  }
  if (facts.health === 'down') {
    const why = 'health checks fail as well, so no packet gets through for the session to run on.';
    return explanation('critical', `${head}: ${why}`, ['Bring the tunnel back first; BGP follows by itself.'], []);
  }
  return explanation('critical', `${head}: ${noTcp(facts)}`, checkTcp(facts), notes);
}

function noTcp({ health }: BgpFacts): string {
  if (health === 'healthy') {
    return 'there is no TCP connection although health checks pass, so the tunnel works and port 179 does not answer.';
  }
  return 'there is no TCP connection: the peer is unreachable through the tunnel.';
}

function stuckAt(step: string | null): string {
  if (sameWord(step, 'OpenConfirm')) return 'both sides said hello, but the last confirmation does not arrive.';
  if (sameWord(step, 'OpenSent')) return 'Cloudflare said hello and the customer router does not answer with its own.';
  return 'the customer router does not accept the session.';
}

function checkTcp({ status, config, cloudflareSide }: BgpFacts): readonly string[] {
  const cloudflare = status?.cfSpeakerIp ?? cloudflareSide ?? null;
  const customer = status?.customerSpeakerIp ?? null;
  const checks = [
    `From the customer router ping Cloudflare’s tunnel address${cloudflare ? ` ${cloudflare}` : ''} out of the tunnel interface.`,
    `Check that BGP runs on the router${customer ? ` with source ${customer}` : ''}, that its neighbour is${
      cloudflare ? ` ${cloudflare}` : ' Cloudflare’s tunnel address'
    }, and that TCP port 179 is allowed both ways.`,
  ];
  if (config?.md5KeySet) {
    checks.push('Compare the MD5 key: with a wrong key packets are dropped before TCP connects, which looks the same.');
  }
  return checks;
}

function checkOpen({ config }: BgpFacts): readonly string[] {
  const own = config ? `own AS ${config.customerAsn}` : 'own AS as configured here';
  const md5 =
    config === undefined || config === null
      ? 'Compare the MD5 key on both sides.'
      : config.md5KeySet
        ? 'Compare the MD5 key: one is set at Cloudflare, so the router needs the same.'
        : 'No MD5 key is set at Cloudflare, so the router must not use one.';
  return [
    `Compare AS numbers on the customer router: ${own}, remote AS ${CLOUDFLARE_ASN} unless the account has its own.`,
    md5,
    'Read the last BGP notification in the router’s log; it names the reason.',
  ];
}

function trafficNotes({ health }: BgpFacts): readonly string[] {
  if (health === 'down') return [];
  const still =
    'BGP down alone does not prove that traffic is down: packets can go on by the last known or static routes.';
  return health === 'healthy' ? [still, 'Health checks pass, so the tunnel itself carries packets.'] : [still];
}

function tcpClause(status: BgpStatus | null): string {
  return status?.tcpEstablished ? 'TCP to the peer is up' : 'there is no TCP connection to the peer yet';
}

/** RFC 4271 names as they are written there; anything else is quoted as it came. */
function stepWord(step: string): string {
  const known = ['Idle', 'Connect', 'Active', 'OpenSent', 'OpenConfirm'].find((name) => sameWord(step, name));
  return known ?? `“${step}”`;
}

/** Cloudflare does not document the spelling: `OpenSent`, `OPEN_SENT` and `open-sent` are one word. */
function sameWord(a: string | null, b: string): boolean {
  return a !== null && a.replace(/[^a-z]/gi, '').toLowerCase() === b.toLowerCase();
}
