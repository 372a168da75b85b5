/** The configuration of a tunnel as pairs of words. What Cloudflare did not say is said to be not reported. */
import type { Instant, Tunnel } from '../../../shared/model.ts';
import { calendarDate, clockTime, exactTime } from '../../format/time.ts';
import { tunnel as tunnelWords } from '../../words/tunnel.ts';
import { insideAddresses } from './addresses.ts';

const { config: words } = tunnelWords;

export interface ConfigItem {
  readonly label: string;
  readonly value: string;
  /** The value was worked out, not reported. */
  readonly derived: boolean;
  /** More exactly, on hover. */
  readonly title?: string;
  /** Nothing was reported. */
  readonly absent: boolean;
}

const told = (label: string, value: string, derived = false): ConfigItem => ({ label, value, derived, absent: false });
const maybe = (label: string, value: string | number | null): ConfigItem =>
  value === null || value === ''
    ? { label, value: words.notReported, derived: false, absent: true }
    : told(label, String(value));
const toggle = (label: string, value: boolean | null): ConfigItem =>
  maybe(label, value === null ? null : value ? words.on : words.off);

const moment = (label: string, at: Instant | null): ConfigItem =>
  at === null ? maybe(label, null) : { ...told(label, `${calendarDate(at)}, ${clockTime(at)}`), title: exactTime(at) };

/** All items in reading order: addresses, crypto, health checks, BGP, dates. */
export function configItems(tunnel: Tunnel): readonly ConfigItem[] {
  const { labels } = words;
  return [
    ...(tunnel.description ? [told(labels.description, tunnel.description)] : []),
    told(labels.cloudflareEndpoint, tunnel.cloudflareEndpoint),
    maybe(labels.customerEndpoint, tunnel.customerEndpoint),
    told(labels.interfaceAddress, tunnel.interfaceAddress),
    ...derived(labels.customerSide, tunnel.interfaceAddress),
    ...(tunnel.interfaceAddress6
      ? [
          told(labels.interfaceAddress6, tunnel.interfaceAddress6),
          ...derived(labels.customerSide6, tunnel.interfaceAddress6),
        ]
      : []),
    maybe(labels.fqdn, tunnel.fqdnId),
    toggle(labels.replay, tunnel.replayProtection),
    toggle(labels.nullCipher, tunnel.allowNullCipher),
    toggle(labels.returnRouting, tunnel.automaticReturnRouting),
    ...healthItems(tunnel),
    ...bgpItems(tunnel),
    moment(labels.created, tunnel.createdAt),
    moment(labels.modified, tunnel.modifiedAt),
    told(labels.id, tunnel.id),
  ];
}

function derived(label: string, cidr: string): readonly ConfigItem[] {
  const customer = insideAddresses(cidr)?.customer;
  return customer ? [told(label, customer, true)] : [];
}

function healthItems({ healthCheck: check }: Tunnel): readonly ConfigItem[] {
  const { labels } = words;
  if (check === null) return [maybe(labels.checks, null)];
  return [
    toggle(labels.checks, check.enabled),
    maybe(labels.type, check.type),
    maybe(labels.rate, check.rate === 'mid' ? 'medium' : check.rate),
    maybe(labels.direction, check.direction),
    maybe(labels.target, targetWords(check.target)),
  ];
}

function targetWords(target: NonNullable<Tunnel['healthCheck']>['target']): string | null {
  if (target === null) return null;
  if (target.saved) return target.saved;
  if (target.effective) return words.targetComputed(target.effective);
  return target.saved === '' ? words.targetUnknown : null;
}

function bgpItems({ bgp }: Tunnel): readonly ConfigItem[] {
  const { labels } = words;
  if (bgp === null) return [told(labels.bgp, words.notConfigured)];
  return [
    told(labels.asn, String(bgp.customerAsn)),
    told(labels.prefixes, bgp.extraPrefixes.length === 0 ? words.none : bgp.extraPrefixes.join(', ')),
    told(labels.md5, bgp.md5KeySet ? words.set : words.notSet),
    ...(bgp.importFilterId ? [told(labels.importFilter, bgp.importFilterId)] : []),
    ...(bgp.exportFilterId ? [told(labels.exportFilter, bgp.exportFilterId)] : []),
  ];
}
