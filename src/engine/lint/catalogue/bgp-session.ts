/** Rules about what the status of a BGP session says. How the session is set up has a file of its own. */
import type { BgpConfig, BgpStatus, Millis, Tunnel } from '../../../shared/model.ts';
import { type CatalogueRule, FINE, found, missing } from './rule.ts';
import { EXAMPLE_NOW } from './sound.ts';
import { SOURCES } from './sources.ts';

const ASN = 'bgp.customer_asn';
const STATE = 'bgp_status.state';
const UPDATED = 'bgp_status.updated_at';
const MINUTE: Millis = 60_000;
/** A new session may take so long until its status is reported. */
const PROGRAMMED_WITHIN: Millis = 10 * MINUTE;
/** A status is stale when it missed so many of its usual renewals, and is at least so old. */
const MISSED_BEATS = 5;
const STALE_AT_LEAST: Millis = 5 * MINUTE;
/** A sound session with other settings, and a status that fits it. */
export function withBgp(more: Partial<BgpConfig>, status: Partial<BgpStatus> | null = {}): Partial<Tunnel> {
  const bgpStatus: BgpStatus = {
    state: 'up',
    raw: 'BGP_UP',
    tcpEstablished: true,
    bgpState: 'Established',
    cfSpeakerIp: '10.64.0.0',
    cfSpeakerPort: 179,
    customerSpeakerIp: '10.64.0.1',
    customerSpeakerPort: 40_000,
    updatedAt: EXAMPLE_NOW - MINUTE,
    ...status,
  };
  const sound: BgpConfig = {
    customerAsn: 64_512,
    extraPrefixes: [],
    md5KeySet: false,
    importFilterId: null,
    exportFilterId: null,
  };
  return { bgp: { ...sound, ...more }, bgpStatus: status === null ? null : bgpStatus };
}

/** Why a status contradicts itself; `null` when it does not. */
function contradiction({ state, bgpState, tcpEstablished }: BgpStatus): string | null {
  const established = bgpState === null ? null : bgpState.toLowerCase() === 'established';
  if (state === 'up' && established === false) return `bgp_status.bgp_state ${bgpState}`;
  if (state === 'up' && !tcpEstablished) return 'bgp_status.tcp_established false';
  return state === 'down' && established === true ? `bgp_status.bgp_state ${bgpState}` : null;
}

export const BGP_SESSION: readonly CatalogueRule[] = [
  {
    id: 'bgp-status-missing',
    family: 'bgp',
    severity: 'warning',
    title: 'BGP session without a status',
    reads: ['bgp', STATE, 'modified_on'],
    basis: 'heuristic',
    why: 'A session that is set up but has no status was probably never programmed: BGP over tunnels needs Unified Routing.',
    fix: 'Check the routing mode of the account, or ask Cloudflare.',
    source: SOURCES.steering,
    examples: {
      triggers: { a: withBgp({}, null) },
      quiet: { a: { ...withBgp({}, null), modifiedAt: EXAMPLE_NOW - MINUTE } },
    },
    judge: ({ bgp, bgpStatus, modifiedAt: since }, { now }) => {
      if (bgp === null || bgpStatus !== null) return FINE;
      if (since === null) return missing('modified_on');
      if (now - since < PROGRAMMED_WITHIN) return { again: since + PROGRAMMED_WITHIN };
      const evidence = `bgp is set (${ASN} ${bgp.customerAsn}), bgp_status is not reported`;
      return { found: { evidence, field: STATE, value: null } };
    },
  },
  {
    id: 'bgp-status-without-config',
    family: 'bgp',
    severity: 'info',
    title: 'BGP status without a session',
    reads: ['bgp', STATE],
    basis: 'heuristic',
    why: 'The status is left over from a session that was removed.',
    fix: 'Nothing, if the session was removed on purpose.',
    source: SOURCES.api,
    examples: { triggers: { a: { bgpStatus: withBgp({}).bgpStatus ?? null } }, quiet: { a: withBgp({}) } },
    judge: ({ bgp, bgpStatus }) =>
      bgp === null && bgpStatus !== null ? found(STATE, bgpStatus.raw, ', bgp is not set') : FINE,
  },
  {
    id: 'bgp-state-inconsistent',
    family: 'bgp',
    severity: 'warning',
    title: 'BGP status contradicts itself',
    reads: ['bgp', STATE, 'bgp_status.tcp_established'],
    basis: 'heuristic',
    why: 'State and details of the session do not go together: whether it carries routes cannot be told from such a record.',
    fix: 'Look again in a minute; if it stays, ask the router.',
    source: SOURCES.rfc4271,
    examples: {
      triggers: { a: withBgp({}, { bgpState: 'Idle' }) },
      quiet: { a: withBgp({}, { state: 'down', raw: 'BGP_DOWN', bgpState: 'Idle', tcpEstablished: false }) },
    },
    judge: ({ bgp, bgpStatus }) => {
      if (bgp === null) return FINE;
      if (bgpStatus === null) return missing(STATE);
      const what = contradiction(bgpStatus);
      if (what !== null) return found(STATE, bgpStatus.raw, `, ${what}`);
      return bgpStatus.bgpState === null ? { missing: 'bgp_status.bgp_state is not reported.' } : FINE;
    },
  },
  {
    id: 'bgp-status-stale',
    family: 'bgp',
    severity: 'warning',
    title: 'BGP status is old',
    reads: ['bgp', STATE, UPDATED],
    basis: 'heuristic',
    why: 'Cloudflare renews the status of this account’s sessions at a steady pace, and of this one it did not.',
    fix: 'Do not rely on the state shown; ask the router whether the session stands.',
    source: SOURCES.api,
    examples: {
      triggers: { a: withBgp({}, { updatedAt: EXAMPLE_NOW - 60 * MINUTE }) },
      quiet: { a: withBgp({}, { updatedAt: EXAMPLE_NOW - MINUTE }) },
    },
    census: ({ bgpBeatMs }) => String(bgpBeatMs),
    judge: ({ bgp, bgpStatus }, { now, bgpBeatMs }) => {
      if (bgp === null || bgpStatus === null) return bgp === null ? FINE : missing(STATE);
      const { updatedAt } = bgpStatus;
      if (updatedAt === null) return missing(UPDATED);
      if (bgpBeatMs === null) return { missing: 'How often bgp_status.updated_at is renewed is not known yet.' };
      const stale = updatedAt + Math.max(MISSED_BEATS * bgpBeatMs, STALE_AT_LEAST);
      if (now < stale) return { again: stale };
      const beat = Math.round(bgpBeatMs / 1000);
      return found(UPDATED, new Date(updatedAt).toISOString(), `, usually renewed each ${beat} s`);
    },
  },
];
