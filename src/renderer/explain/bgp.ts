/** BGP explained: state, TCP and the RFC 4271 step together say where to look; none of them does alone. */
import type { BgpConfig, BgpStatus, Instant, LaneState, LaneValues, Millis } from '../../shared/model.ts';
import { duration } from '../format/duration.ts';
import { explainBgp as words } from '../words/explain-bgp.ts';
import { lane as laneWords } from '../words/lane.ts';
import { type Explanation, explanation } from './explanation.ts';

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
  switch (lane.value) {
    case 'unobserved':
      return explanation('unknown', words.unobserved);
    case 'unconfigured':
      return explanation('ok', words.unconfigured);
    case 'unreported':
      return explanation(
        'unknown',
        words.unreported(config?.customerAsn ?? null),
        [words.lookAtSession],
        [words.noReport],
      );
    case 'up':
      return up(facts, now);
    case 'establishing':
      return establishing(facts, now);
    case 'down':
      return down(facts, now);
    case 'unknown':
      return explanation('unknown', words.unknown(status?.raw ?? '', tcpClause(status)), [words.newerWord]);
  }
}

function up({ lane, status }: BgpFacts, now: Instant): Explanation {
  const when = laneWords.since(lane, now);
  const step = status?.bgpState ?? null;
  if (step !== null && !sameWord(step, 'Established')) {
    return explanation('info', words.upAtStep(when, stepWord(step)), [words.compare]);
  }
  if (status && !status.tcpEstablished) return explanation('info', words.upWithoutTcp(when), [words.compare]);
  return explanation('ok', words.up(when, status?.customerSpeakerIp ?? null));
}

function establishing(facts: BgpFacts, now: Instant): Explanation {
  const { lane, status } = facts;
  if (now - lane.since <= ESTABLISHING_LIMIT_MS) {
    const sentence = words.connecting(duration(now - lane.since), tcpClause(status));
    return explanation('info', sentence, [words.waitThree], trafficNotes(facts));
  }
  const when = laneWords.since(lane, now);
  if (!status?.tcpEstablished)
    return explanation('warning', words.longWithoutTcp(when, noTcp(facts)), checkTcp(facts), trafficNotes(facts));
  const stuck = words.longWithTcp(when, stuckAt(status.bgpState));
  return explanation('warning', stuck, checkOpen(facts), trafficNotes(facts));
}

function down(facts: BgpFacts, now: Instant): Explanation {
  const when = laneWords.since(facts.lane, now);
  const notes = trafficNotes(facts);
  if (facts.status?.tcpEstablished)
    return explanation('critical', words.down(when, words.refused), checkOpen(facts), notes);
  if (facts.health === 'down') return explanation('critical', words.down(when, words.noPacket), [words.tunnelFirst]);
  return explanation('critical', words.down(when, noTcp(facts)), checkTcp(facts), notes);
}

const noTcp = ({ health }: BgpFacts): string => (health === 'healthy' ? words.noTcpHealthy : words.noTcp);

function stuckAt(step: string | null): string {
  if (sameWord(step, 'OpenConfirm')) return words.atOpenConfirm;
  return sameWord(step, 'OpenSent') ? words.atOpenSent : words.notAccepted;
}

function checkTcp({ status, config, cloudflareSide }: BgpFacts): readonly string[] {
  const cloudflare = status?.cfSpeakerIp ?? cloudflareSide ?? null;
  const checks = [words.ping(cloudflare), words.runs(status?.customerSpeakerIp ?? null, cloudflare)];
  return config?.md5KeySet ? [...checks, words.md5Hidden] : checks;
}

function checkOpen({ config }: BgpFacts): readonly string[] {
  const md5 = !config ? words.md5Compare : config.md5KeySet ? words.md5Set : words.md5NotSet;
  return [words.compareAs(config?.customerAsn ?? null, CLOUDFLARE_ASN), md5, words.lastNotification];
}

function trafficNotes({ health }: BgpFacts): readonly string[] {
  if (health === 'down') return [];
  return health === 'healthy' ? [words.alone, words.carries] : [words.alone];
}

const tcpClause = (status: BgpStatus | null): string => (status?.tcpEstablished ? words.tcpUp : words.tcpNotYet);

/** RFC 4271 names as they are written there; anything else is quoted as it came. */
function stepWord(step: string): string {
  const known = ['Idle', 'Connect', 'Active', 'OpenSent', 'OpenConfirm'].find((name) => sameWord(step, name));
  return known ?? words.quoted(step);
}

/** Cloudflare does not document the spelling: `OpenSent`, `OPEN_SENT` and `open-sent` are one word. */
function sameWord(a: string | null, b: string): boolean {
  return a !== null && a.replace(/[^a-z]/gi, '').toLowerCase() === b.toLowerCase();
}
