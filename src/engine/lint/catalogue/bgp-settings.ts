/** Rules about how a BGP session is set up: AS numbers, key, and the health check beside it. */
import type { Tunnel } from '../../../shared/model.ts';
import { asnShelf } from '../shelves.ts';
import { withBgp } from './bgp-session.ts';
import { type CatalogueRule, FINE, found, missing, namesOf } from './rule.ts';
import { soundTunnel } from './sound.ts';
import { SOURCES } from './sources.ts';

const ASN = 'bgp.customer_asn';
const MD5 = 'bgp.md5_key';
/** The ASN of Cloudflare's side of every session over a tunnel, unless the account has another one. */
const CLOUDFLARE_ASN = 13_335;
/** RFC 7607 (0), RFC 6793 (23456), RFC 7300 (65535 and 4294967295). */
const UNUSABLE_ASNS = new Set([0, 23_456, 65_535, 4_294_967_295]);
/** RFC 5398 for documentation; the registry of AS numbers reserves the rest. */
const RESERVED_ASNS = [
  [64_496, 64_511, 'for documentation'],
  [65_536, 65_551, 'for documentation'],
  [65_552, 131_071, 'reserved'],
] as const;

const asn = (customerAsn: number): { a: Partial<Tunnel> } => ({ a: withBgp({ customerAsn }) });

export const BGP_SETTINGS: readonly CatalogueRule[] = [
  {
    id: 'bgp-asn-zero',
    family: 'bgp',
    severity: 'error',
    title: 'ASN that no router may use',
    reads: [ASN],
    basis: 'documented',
    why: 'This ASN is reserved: no router may use it in a session.',
    fix: 'Use your own ASN or one of 64512-65534 or 4200000000-4294967294.',
    source: SOURCES.rfc7607,
    examples: { triggers: asn(0), quiet: asn(64_512) },
    judge: ({ bgp }) => (bgp !== null && UNUSABLE_ASNS.has(bgp.customerAsn) ? found(ASN, bgp.customerAsn) : FINE),
  },
  {
    id: 'bgp-asn-equals-cloudflare',
    family: 'bgp',
    severity: 'error',
    title: 'ASN of Cloudflare’s side',
    reads: [ASN, 'bgp/settings.cloudflare_asn'],
    basis: 'documented',
    why: 'Sessions over tunnels are external BGP; the two sides need different ASNs.',
    fix: 'Set the ASN of your own network.',
    source: SOURCES.steering,
    examples: { triggers: asn(13_335), quiet: asn(64_512) },
    judge: ({ bgp }, { surroundings: { cloudflareAsn } }) => {
      if (bgp === null) return FINE;
      if (bgp.customerAsn === CLOUDFLARE_ASN || bgp.customerAsn === cloudflareAsn) return found(ASN, bgp.customerAsn);
      return cloudflareAsn === null ? missing('bgp/settings.cloudflare_asn') : FINE;
    },
  },
  {
    id: 'bgp-asn-reserved',
    family: 'bgp',
    severity: 'warning',
    title: 'ASN for documentation, or reserved',
    reads: [ASN],
    basis: 'documented',
    why: 'This ASN belongs to examples or to nobody; others may filter routes that bear it.',
    fix: 'Use your own ASN or one of 64512-65534 or 4200000000-4294967294.',
    source: SOURCES.rfc5398,
    examples: { triggers: asn(64_500), quiet: asn(64_512) },
    judge: ({ bgp }) => {
      if (bgp === null) return FINE;
      const range = RESERVED_ASNS.find(([first, last]) => bgp.customerAsn >= first && bgp.customerAsn <= last);
      return range === undefined ? FINE : found(ASN, bgp.customerAsn, `, ${range[2]}`);
    },
  },
  {
    id: 'bgp-asn-shared',
    family: 'bgp',
    severity: 'info',
    title: 'One ASN at several sites',
    reads: [ASN, 'name'],
    basis: 'documented',
    why: 'Loop prevention keeps sites of one ASN from learning each other’s routes.',
    fix: 'Give each site an ASN of its own, or set allowas-in on the routers.',
    source: SOURCES.steering,
    examples: {
      triggers: { a: { ...withBgp({}), name: 'rotterdam' }, b: { ...withBgp({}), name: 'utrecht' } },
      quiet: { a: withBgp({}), b: withBgp({}) },
      beside: ['no-redundancy'],
    },
    byGroup: true,
    shelves: ({ bgp }) => (bgp === null ? [] : [asnShelf(bgp.customerAsn)]),
    judge: (tunnel, world) => {
      if (tunnel.bgp === null) return FINE;
      const { words, members } = world.group(tunnel);
      const own = new Set(members);
      const shelf = world.shelf(asnShelf(tunnel.bgp.customerAsn));
      const others: string[] = [];
      for (const { key, name } of shelf) {
        if (!own.has(key)) others.push(name);
        if (others.length > 3) break;
      }
      if (others.length === 0) return FINE;
      const shown = others.length > 3 ? `${others.slice(0, 3).join(', ')} and others` : others.join(', ');
      return found(ASN, tunnel.bgp.customerAsn, `, also at ${shown}`, { grouping: words });
    },
  },
  {
    id: 'bgp-md5-charset',
    family: 'bgp',
    severity: 'error',
    title: 'MD5 key with characters that are refused',
    reads: [MD5],
    basis: 'schema',
    why: 'The key may hold printable ASCII without the quotation mark and the question mark; the documents are unclear about the backslash.',
    fix: 'Choose a key of letters and digits, here and on the router.',
    source: SOURCES.api,
    examples: {
      triggers: { a: withBgp({ md5KeySet: true, md5KeyFault: 'forbidden-character' }) },
      quiet: { a: withBgp({ md5KeySet: true }) },
      beside: ['bgp-md5-mixed-in-group'],
    },
    judge: ({ bgp }) => {
      const fault = bgp?.md5KeyFault;
      if (fault === undefined) return FINE;
      const backslash = fault === 'backslash';
      const what = backslash ? ' holds a backslash' : ' holds a character that is not allowed';
      return found(MD5, '•••', what, { severity: backslash ? 'warning' : 'error' });
    },
  },
  {
    id: 'bgp-md5-mixed-in-group',
    family: 'bgp',
    severity: 'info',
    title: 'MD5 key on some sessions of a group',
    reads: [MD5, 'name'],
    basis: 'heuristic',
    why: 'One session of the group is protected against mistakes and another is not.',
    fix: 'Set a key on all of them, or on none.',
    source: SOURCES.api,
    examples: {
      triggers: { a: withBgp({ md5KeySet: true }), b: withBgp({}) },
      quiet: { a: withBgp({ md5KeySet: true }), b: withBgp({ md5KeySet: true }) },
    },
    byGroup: true,
    judge: (tunnel, world) => {
      if (tunnel.bgp === null) return FINE;
      const own = tunnel.bgp.md5KeySet;
      const others = world.mates(tunnel).filter(({ bgp }) => bgp !== null && bgp.md5KeySet !== own);
      if (others.length === 0) return FINE;
      const names = namesOf(others.map(({ name }) => name));
      const [value, theirs] = own ? ['•••', `not set on ${names}`] : ['not set', `set on ${names}`];
      return found(MD5, value, `, ${theirs}`, { grouping: world.group(tunnel).words });
    },
  },
  {
    id: 'bgp-hc-disabled',
    family: 'bgp',
    severity: 'error',
    title: 'BGP without a health check',
    reads: ['bgp', 'health_check.enabled'],
    basis: 'documented',
    why: 'BGP alone does not notice a tunnel that drops packets; Cloudflare requires health checks beside it.',
    fix: 'Enable the health check.',
    source: SOURCES.steering,
    examples: {
      triggers: {
        a: {
          ...withBgp({}),
          healthCheck: {
            enabled: false,
            rate: 'mid',
            type: 'request',
            direction: 'bidirectional',
            target: soundTunnel(0).healthCheck?.target ?? null,
          },
        },
      },
      quiet: { a: withBgp({}) },
      beside: ['hc-disabled'],
    },
    judge: ({ bgp, healthCheck }) => {
      const enabled = healthCheck?.enabled ?? null;
      if (bgp === null) return FINE;
      if (enabled === null) return missing('health_check.enabled');
      return enabled
        ? FINE
        : found('health_check.enabled', false, ', bgp is set', { remedy: { healthCheck: { enabled: true } } });
    },
  },
];
