/** What a tunnel would be after a change, in our words. Pure. What only Cloudflare knows stays as it was, or unsaid. */
import { type AccountId, type BgpConfig, type Tunnel, type TunnelId, tunnelKey } from '../../shared/model.ts';
import type { HealthCheckDraft, TunnelChange, TunnelDraft } from '../../shared/operations.ts';

/** The id of a tunnel that does not exist yet; Cloudflare gives none like it. */
const NOT_YET = 'new' as TunnelId;

const text = (value: string | null | undefined, before: string | null): string | null =>
  value === undefined ? before : value || null;

function bgpAfter(before: BgpConfig | null, change: TunnelChange['bgp']): BgpConfig | null {
  if (change === undefined) return before;
  if (change === null) return null;
  const { customerAsn, extraPrefixes, md5Key, importFilterId, exportFilterId } = change;
  return {
    customerAsn: customerAsn ?? before?.customerAsn ?? 0,
    extraPrefixes: extraPrefixes ?? before?.extraPrefixes ?? [],
    md5KeySet: md5Key === undefined ? (before?.md5KeySet ?? false) : md5Key !== null,
    importFilterId: importFilterId ?? before?.importFilterId ?? null,
    exportFilterId: exportFilterId ?? before?.exportFilterId ?? null,
  };
}

function healthCheckAfter(before: Tunnel['healthCheck'], change: HealthCheckDraft | undefined): Tunnel['healthCheck'] {
  if (change === undefined) return before;
  const { enabled, rate, type, direction, target } = change;
  return {
    enabled: enabled ?? before?.enabled ?? null,
    rate: rate ?? before?.rate ?? null,
    type: type ?? before?.type ?? null,
    direction: direction ?? before?.direction ?? null,
    // What Cloudflare computes of it is not known before.
    target: target === undefined ? (before?.target ?? null) : { saved: target, effective: target || null },
  };
}

/** `now`: wall time, the time of a key that comes with the change. */
export function afterChange(before: Tunnel, change: TunnelChange, now: number): Tunnel {
  return {
    ...before,
    name: change.name ?? before.name,
    cloudflareEndpoint: change.cloudflareEndpoint ?? before.cloudflareEndpoint,
    interfaceAddress: change.interfaceAddress ?? before.interfaceAddress,
    interfaceAddress6: text(change.interfaceAddress6, before.interfaceAddress6),
    customerEndpoint: text(change.customerEndpoint, before.customerEndpoint),
    description: text(change.description, before.description),
    fqdnId: text(change.fqdnId, before.fqdnId),
    automaticReturnRouting: change.automaticReturnRouting ?? before.automaticReturnRouting,
    replayProtection: change.replayProtection ?? before.replayProtection,
    bgp: bgpAfter(before.bgp, change.bgp),
    bgpStatus: change.bgp === null ? null : before.bgpStatus,
    healthCheck: healthCheckAfter(before.healthCheck, change.healthCheck),
    pskGeneratedAt: change.psk === undefined ? before.pskGeneratedAt : (before.pskGeneratedAt ?? now),
  };
}

/** A tunnel that does not exist yet. Checks have the defaults of the published schema. */
export function afterCreation(accountId: AccountId, draft: TunnelDraft, now: number): Tunnel {
  const empty: Tunnel = {
    key: tunnelKey(accountId, NOT_YET),
    accountId,
    id: NOT_YET,
    name: draft.name,
    description: null,
    cloudflareEndpoint: draft.cloudflareEndpoint,
    customerEndpoint: null,
    interfaceAddress: draft.interfaceAddress,
    interfaceAddress6: null,
    allowNullCipher: null,
    automaticReturnRouting: false,
    replayProtection: false,
    bgp: null,
    bgpStatus: null,
    fqdnId: null,
    healthCheck: { enabled: true, rate: 'mid', type: 'reply', direction: 'unidirectional', target: null },
    pskGeneratedAt: null,
    createdAt: now,
    modifiedAt: now,
  };
  return afterChange(empty, draft, now);
}
