/**
 * The fields of a tunnel that can be written, each with what Cloudflare documents of it. What is taken (names, addresses) and
 * what an account may have only Cloudflare can judge: ask with `validate_only`.
 */
import * as z from 'zod/mini';
import {
  hasTwoEnds,
  isAddress,
  isExact,
  isFirst6,
  isHost,
  isInRange,
  isNetwork,
  isNetwork4,
  isNetwork6,
  isPair6,
} from './addresses.ts';
import { EXPECTED, type ProblemCode } from './problems.ts';

/** The largest AS number that somebody can have (RFC 7300 keeps the very last). */
const LAST_ASN = 4_294_967_294;
/** AS_TRANS and the last of each size: RFC 6793, RFC 7300. */
const RESERVED_ASNS = new Set([23_456, 65_535]);
const CLOUDFLARE_ASN = 13_335;

const rule = <T>(code: ProblemCode, holds: (value: T) => boolean) =>
  z.refine<T>(holds, { error: EXPECTED[code], params: { code } });
/** The rules behind it are not asked any more once it fails. */
const first = <T>(code: ProblemCode, holds: (value: T) => boolean) =>
  z.refine<T>(holds, { error: EXPECTED[code], params: { code }, abort: true });

const text = (...rules: readonly z.core.CheckFn<string>[] | readonly z.core.$ZodCheck<string>[]) =>
  z.string().check(...rules);
const filled = first<string>('required', (value) => value.trim() !== '');
const address = text(filled, rule('not-an-address', isAddress));
const word = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: EXPECTED['not-a-choice'] });

/** Printable ASCII but the quotation mark and the question mark, and not nothing (prose of the published schema). */
const MD5_KEY = /^[\x20\x21\x23-\x3e\x40-\x7e]+$/;
/** No length and no alphabet is documented for a PSK, but it has to survive a line of a router's configuration. */
const PSK = /^[^\p{Cc}]+$/u;

/** Each field by its path in a draft. The same hold for changes, where some may also be `null`. */
export const FIELDS = {
  name: text(
    filled,
    rule('name-characters', (value: string) => /^[A-Za-z0-9._-]+$/.test(value)),
  ),
  cloudflareEndpoint: address,
  customerEndpoint: address,
  interfaceAddress: text(
    filled,
    first('not-a-network4', isNetwork4),
    first('interface-length', hasTwoEnds),
    first('interface-range', isInRange),
    rule('interface-host', isHost),
  ),
  interfaceAddress6: text(
    filled,
    first('not-a-network6', isNetwork6),
    first('interface6-length', isPair6),
    rule('interface6-first', isFirst6),
  ),
  description: z.string(),
  automaticReturnRouting: z.boolean(),
  replayProtection: z.boolean(),
  fqdnId: text(
    filled,
    rule('identity-form', (value: string) => /^[^\s.]+\.[^\s.]+\.custom\.ipsec\.cloudflare\.com$/.test(value)),
  ),
  psk: text(
    filled,
    rule('psk-characters', (value: string) => PSK.test(value)),
  ),
  'bgp.customerAsn': z.number().check(
    first('asn-range', (value: number) => Number.isInteger(value) && value >= 1 && value <= LAST_ASN),
    first('asn-reserved', (value: number) => !RESERVED_ASNS.has(value)),
    rule('asn-cloudflare', (value: number) => value !== CLOUDFLARE_ASN),
  ),
  'bgp.extraPrefixes': z.array(text(first('prefix-not-a-network', isNetwork), rule('prefix-host-bits', isExact))),
  'bgp.md5Key': text(rule('md5-characters', (value: string) => MD5_KEY.test(value))),
  'bgp.importFilterId': text(filled),
  'bgp.exportFilterId': text(filled),
  'healthCheck.enabled': z.boolean(),
  'healthCheck.rate': word('low', 'mid', 'high'),
  'healthCheck.type': word('reply', 'request'),
  'healthCheck.direction': word('unidirectional', 'bidirectional'),
  /** The empty text lets Cloudflare compute the target. */
  'healthCheck.target': text(rule('not-an-address', (value: string) => value === '' || isAddress(value))),
} as const;

/** A path such as `healthCheck.target`. */
export type FormField = keyof typeof FIELDS;

/** Every field, in the order of a form. */
export const FORM_FIELDS = Object.keys(FIELDS) as readonly FormField[];

/** Those that a change may take away with `null`. `bgp` itself is another: it takes all of its parts. */
export const REMOVABLE: ReadonlySet<FormField> = new Set<FormField>([
  'interfaceAddress6',
  'customerEndpoint',
  'description',
  'fqdnId',
  'bgp.md5Key',
]);

/** Those without which there is no tunnel. */
export const REQUIRED: readonly FormField[] = ['name', 'cloudflareEndpoint', 'interfaceAddress'];
