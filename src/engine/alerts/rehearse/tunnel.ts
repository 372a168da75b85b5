/** A recorded configuration as the tunnel that it described: what was not recorded is not reported. */
import { accountOf, type Tunnel, type TunnelKey, tunnelOf } from '../../../shared/model.ts';
import type { FlatConfig } from '../../state/config-snapshot.ts';

const text = (value: FlatConfig[string] | undefined): string | null => (typeof value === 'string' ? value : null);
const flag = (value: FlatConfig[string] | undefined): boolean | null => (typeof value === 'boolean' ? value : null);

/** The flat configuration in a stored text; empty when the text is damaged. */
export function readFlat(json: string | null): FlatConfig {
  if (json === null) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FlatConfig) : {};
  } catch {
    return {};
  }
}

function bgpOf(flat: FlatConfig): Tunnel['bgp'] {
  const asn = flat['bgp.customerAsn'];
  if (typeof asn !== 'number') return null;
  return {
    customerAsn: asn,
    extraPrefixes: (text(flat['bgp.extraPrefixes']) ?? '').split(', ').filter((prefix) => prefix !== ''),
    md5KeySet: flat['bgp.md5KeySet'] === true,
    importFilterId: text(flat['bgp.importFilterId']),
    exportFilterId: text(flat['bgp.exportFilterId']),
  };
}

function healthCheckOf(flat: FlatConfig): Tunnel['healthCheck'] {
  const saved = text(flat['healthCheck.target']);
  const check = {
    enabled: flag(flat['healthCheck.enabled']),
    rate: text(flat['healthCheck.rate']),
    type: text(flat['healthCheck.type']),
    direction: text(flat['healthCheck.direction']),
    target: saved === null ? null : { saved, effective: null },
  };
  return Object.values(check).every((part) => part === null) ? null : check;
}

/** The tunnel of a flat configuration. Live facts (session, key, times) are not part of one and stay `null`. */
export function tunnelOfConfig(key: TunnelKey, name: string, flat: FlatConfig): Tunnel {
  return {
    key,
    accountId: accountOf(key),
    id: tunnelOf(key),
    name,
    description: text(flat.description),
    cloudflareEndpoint: text(flat.cloudflareEndpoint) ?? '',
    customerEndpoint: text(flat.customerEndpoint),
    interfaceAddress: text(flat.interfaceAddress) ?? '',
    interfaceAddress6: text(flat.interfaceAddress6),
    allowNullCipher: flag(flat.allowNullCipher),
    automaticReturnRouting: flag(flat.automaticReturnRouting),
    replayProtection: flag(flat.replayProtection),
    bgp: bgpOf(flat),
    bgpStatus: null,
    fqdnId: text(flat.fqdnId),
    healthCheck: healthCheckOf(flat),
    pskGeneratedAt: null,
    createdAt: null,
    modifiedAt: null,
  };
}
