/** What can be wrong with a form, by code, so that a page can say it in any language; the English sentences are here. */
import type { FieldProblem } from '../operations.ts';

/** Everything that a form about a tunnel can find, in no order. */
export const PROBLEM_CODES = [
  'required',
  'wrong-kind',
  'not-a-choice',
  'unknown-field',
  'name-characters',
  'not-an-address',
  'not-a-network4',
  'interface-length',
  'interface-range',
  'interface-host',
  'not-a-network6',
  'interface6-length',
  'interface6-first',
  'same-endpoints',
  'asn-range',
  'asn-reserved',
  'asn-cloudflare',
  'asn-missing',
  'prefix-not-a-network',
  'prefix-host-bits',
  'md5-characters',
  'identity-form',
  'psk-characters',
  'nothing-changed',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A problem of the form itself. `value`: which entry of a list is meant; `null` for all that is no list. */
export interface FormProblem extends FieldProblem {
  readonly code: ProblemCode;
  readonly value: string | null;
}

/** What was expected, to be put after "should be"; the client's refusals use it too. */
export const EXPECTED: Readonly<Record<ProblemCode, string>> = {
  required: 'text that is not empty',
  'wrong-kind': 'of another kind',
  'not-a-choice': 'one of the words that Cloudflare knows',
  'unknown-field': 'a field that Cloudflare knows',
  'name-characters': 'letters, digits, "-", "_" and "." alone',
  'not-an-address': 'an IP address',
  'not-a-network4': 'an IPv4 network, for instance 10.0.0.0/31',
  'interface-length': 'a /31 or /30 network',
  'interface-range': 'in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 169.254.240.0/20',
  'interface-host': 'one of the two middle addresses of its /30',
  'not-a-network6': 'an IPv6 network',
  'interface6-length': 'a /127 network',
  'interface6-first': 'the first address of its /127',
  'same-endpoints': 'another address than that of Cloudflare',
  'asn-range': 'a whole number from 1 to 4294967294',
  'asn-reserved': 'an AS number that may be used',
  'asn-cloudflare': 'another AS number than that of Cloudflare',
  'asn-missing': 'an AS number',
  'prefix-not-a-network': 'a network such as 10.0.0.0/8',
  'prefix-host-bits': 'a network without bits beyond its length',
  'md5-characters': 'printable ASCII without " and ?',
  'identity-form': '<label>.<account>.custom.ipsec.cloudflare.com',
  'psk-characters': 'printable characters of one line',
  'nothing-changed': 'something else than it is',
};

/** One plain sentence for each code: what is wrong here, and what would be right. */
export const SENTENCES: Readonly<Record<ProblemCode, (value: string | null) => string>> = {
  required: () => 'This has to be filled in.',
  'wrong-kind': () => 'This is not of the kind that is wanted here: text, a number, or true and false.',
  'not-a-choice': () => 'This is none of the words that Cloudflare knows here.',
  'unknown-field': () => 'A tunnel has no such field.',
  'name-characters': () => 'A name is made of letters, digits, "-", "_" and ".", without spaces.',
  'not-an-address': () => 'This is no IP address; one looks like 203.0.113.1 or 2001:db8::1.',
  'not-a-network4': () => 'This is no IPv4 network; one looks like 10.0.0.0/31.',
  'interface-length': () => 'A tunnel has two ends: use a /31, or a /30.',
  'interface-range': () =>
    'Cloudflare takes interface addresses in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 169.254.240.0/20 only.',
  'interface-host': () => 'The first and the last address of a /30 cannot be used; take one of the two between.',
  'not-a-network6': () => 'This is no IPv6 network; one looks like fd00:db8::200/127.',
  'interface6-length': () => 'The IPv6 interface address has to be a /127.',
  'interface6-first': () => 'The IPv6 interface address has to be the first of its /127: it ends in an even digit.',
  'same-endpoints': () => 'This is the address of Cloudflare’s side; enter the public address of your router.',
  'asn-range': () => 'An AS number is a whole number from 1 to 4294967294.',
  'asn-reserved': () =>
    'This AS number is reserved (RFC 6793, 7300); private ones are 64512 to 65534 and 4200000000 to 4294967294.',
  'asn-cloudflare': () => 'This is Cloudflare’s own AS number; the session is between two different ones.',
  'asn-missing': () => 'BGP needs the AS number of your router.',
  'prefix-not-a-network': (value) => `${shown(value)} is no network; one looks like 10.0.0.0/8.`,
  'prefix-host-bits': (value) => `${shown(value)} has bits set beyond its length.`,
  'md5-characters': () => 'An MD5 key is made of printable ASCII characters without " and ?.',
  'identity-form': () =>
    'A custom identity looks like <label>.<account>.custom.ipsec.cloudflare.com, with the number of the account.',
  'psk-characters': () => 'A key is one line of printable characters.',
  'nothing-changed': () => 'Nothing would change.',
};

const shown = (value: string | null): string =>
  value === null || value === '' ? 'An empty entry' : value.slice(0, 60);
