/** Words of the view of what changed. */
import type { ConfigEventKind } from '../../../shared/lint.ts';
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { calendarDate, clockTime } from '../../format/time.ts';

export const title = 'What changed';
export const loading = 'Reading what changed …';
export const failed = 'What changed could not be read.';
export const retry = 'Try again';
export const older = 'Show older';
export const clear = 'Clear filters';
export const listLabel = 'Changes, newest first';
export const empty = 'No change on record yet.';
export const emptyMore =
  'A change of a tunnel’s configuration, a new key, and tunnels that come and go stand here from the moment Tunnelwatch sees them.';
export const noMatch = 'No change matches the filters.';
export const noMatchYet = 'No change matches the filters so far.';
export const whoNote = 'Cloudflare tells when a tunnel was changed, not by whom; its audit logs do.';

export const accountLabel = 'Account';
export const allAccounts = 'All accounts';
export const kindLabel = 'Kind of change';
export const allKinds = 'All kinds';
export const fieldLabel = 'Field';
export const allFields = 'All fields';
export const search = 'Search tunnel, value';
export const searchLabel = 'Search changes';
/** On the button that ends the filter by one tunnel. */
export const onlyTunnel = (name: string): string => `Only ${name}`;
export const onlyTunnelTitle = 'Show all tunnels again';

export const kinds: Readonly<Record<ConfigEventKind, string>> = {
  'config-changed': 'configuration changed',
  'psk-changed': 'new PSK',
  'tunnel-appeared': 'tunnel appeared',
  'tunnel-disappeared': 'tunnel disappeared',
  'tunnel-renamed': 'tunnel renamed',
  'tunnel-recreated': 'tunnel recreated',
};
export const pskGone = 'PSK no longer reported';
export const recreatedNote = 'The router’s IKE identity must follow: it holds the id of the tunnel.';
/** A new modification time, and no field that the API shows took another value. */
export const nothingShown =
  'No field that the API shows took another value. It may have been a key, or a field that Cloudflare does not report.';

export const day = {
  today: 'Today',
  yesterday: 'Yesterday',
  other: (at: Instant): string => calendarDate(at),
} as const;
export const columns = { field: 'Field', before: 'Before', after: 'After' } as const;
export const diffCaption = 'What changed, field by field';
export const sign = { added: 'added', removed: 'removed', changed: 'changed' } as const;
export const notSet = 'not set';
export const emptyValue = 'empty';
export const on = 'on';
export const off = 'off';
export const set = 'set';
export const more = (fields: number): string => `and ${plural(fields, 'other field', 'other fields')}`;

/** `Cloudflare: 10:01, seen here 40 s later`. */
export function seen(at: Instant, modifiedAt: Instant): string {
  if (at <= modifiedAt) return `changed at Cloudflare at ${clockTime(modifiedAt)}`;
  return `changed at Cloudflare at ${clockTime(modifiedAt)}, seen here ${duration(at - modifiedAt)} later`;
}

/** The configured fields, and what else can have a before and an after. */
export const fields: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  cloudflareEndpoint: 'Cloudflare endpoint',
  customerEndpoint: 'customer endpoint',
  interfaceAddress: 'interface address',
  interfaceAddress6: 'IPv6 interface address',
  allowNullCipher: 'NULL cipher',
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
  pskGeneratedAt: 'PSK generated',
  id: 'tunnel id',
};
