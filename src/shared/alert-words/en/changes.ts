/** Phrases of changed fields. */
import { plural } from './grammar.ts';

/** A configured field, in words. What is not here is shown as it came. */
export const fields: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  cloudflareEndpoint: 'Cloudflare endpoint',
  customerEndpoint: 'customer endpoint',
  interfaceAddress: 'interface address',
  interfaceAddress6: 'IPv6 interface address',
  allowNullCipher: 'null cipher',
  automaticReturnRouting: 'automatic return routing',
  replayProtection: 'replay protection',
  fqdnId: 'FQDN identity',
  'bgp.customerAsn': 'customer AS number',
  'bgp.extraPrefixes': 'extra BGP prefixes',
  'bgp.md5KeySet': 'BGP MD5 key',
  'bgp.md5Key': 'BGP MD5 key',
  'bgp.importFilterId': 'BGP import filter',
  'bgp.exportFilterId': 'BGP export filter',
  'healthCheck.enabled': 'health checks',
  'healthCheck.rate': 'health-check rate',
  'healthCheck.type': 'health-check type',
  'healthCheck.direction': 'health-check direction',
  'healthCheck.target': 'health-check target',
};
export const values: Readonly<Record<'set' | 'notSet' | 'on' | 'off' | 'mid', string>> = {
  set: 'set',
  notSet: 'not set',
  on: 'on',
  off: 'off',
  mid: 'medium',
};
export const fromTo = (field: string, before: string, after: string): string => `${field} from ${before} to ${after}`;
export const others = (count: number): string => plural(count, 'other field', 'other fields');
export const keyGone = (name: string): string => `the PSK of ${name} vanished from the record.`;
export const newKey = (name: string): string => `${name} got a new PSK.`;
export const recreated = (name: string): string => `${name} was recreated under a new id.`;
/** A new time of modification, and nothing to see. */
export const unseen = (name: string): string =>
  `${name} was modified; no field that the API shows is another (a key may have been set).`;
/** @param what The fields; empty when none is told. */
export const changed = (name: string, what: string): string =>
  `the configuration of ${name} changed${what === '' ? '' : `: ${what}`}.`;
