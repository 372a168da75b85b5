/** A change of configuration, or a new key, in words. Fields and values come from the event: `replayProtection: false -> true`. */
import type { EventDetail } from '../model.ts';
import { plural } from './say.ts';

/** A configured field, in words. What is not here is shown as it came. */
const FIELDS: Readonly<Record<string, string>> = {
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
  'bgp.importFilterId': 'BGP import filter',
  'bgp.exportFilterId': 'BGP export filter',
  'healthCheck.enabled': 'health checks',
  'healthCheck.rate': 'health-check rate',
  'healthCheck.type': 'health-check type',
  'healthCheck.direction': 'health-check direction',
  'healthCheck.target': 'health-check target',
};
/** In a sentence about something else more fields than this are counted. */
const TOLD = 3;

function value(field: string, text: string): string {
  if (field === 'bgp.md5KeySet') return text === 'true' ? 'set' : 'not set';
  if (text === 'true') return 'on';
  if (text === 'false') return 'off';
  return text === 'mid' ? 'medium' : text;
}

/** `replay protection from off to on`, one for each field that the change lists; beyond `most` they are counted. */
export function fieldChanges(change: EventDetail, most = Number.POSITIVE_INFINITY): readonly string[] {
  const fields = String(change.fields ?? '')
    .split(', ')
    .filter(Boolean);
  const told = fields.flatMap((field) => {
    const text = change[field];
    if (typeof text !== 'string') return [];
    const [before = '', after = ''] = text.split(' -> ');
    return [`${FIELDS[field] ?? field} from ${value(field, before)} to ${value(field, after)}`];
  });
  const shown = told.slice(0, most);
  const rest = fields.length - shown.length;
  return rest > 0 && fields.length > 0 ? [...shown, plural(rest, 'other field', 'other fields')] : shown;
}

/** `the configuration of paris-1 changed: replay protection from off to on.` */
export function changeWords(name: string, change: EventDetail): string {
  if ('from' in change && 'to' in change && !('fields' in change)) {
    return change.to === null ? `the PSK of ${name} vanished from the record.` : `${name} got a new PSK.`;
  }
  const fields = fieldChanges(change, TOLD);
  const what = fields.length === 0 ? '' : `: ${fields.join('; ')}`;
  return `the configuration of ${name} changed${what}.`;
}
