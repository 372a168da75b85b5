/** Tunnels field by field: what a change shows before it is made, and what is compared once it is. Secrets are masked. */
import type { FieldChange } from '../../shared/lint.ts';
import type { Tunnel } from '../../shared/model.ts';
import { isSameAddress } from '../../shared/tunnel-form/index.ts';

/** Stands for a secret that is set. */
const MASK = '••••••';
const NEW_MASK = `${MASK} (new)`;
const SECRETS: ReadonlySet<string> = new Set(['bgp.md5Key', 'psk']);
const ADDRESSES: ReadonlySet<string> = new Set(['cloudflareEndpoint', 'customerEndpoint', 'healthCheck.target']);

/** By path, in the order of a form; `null`: not set. Secrets are marks that tell two of them apart and say neither. */
export type Fields = ReadonlyMap<string, string | null>;

const print = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

/** `md5Mark` and `pskMark` stand for the secrets. */
export function fieldsOf(tunnel: Tunnel, md5Mark: string | null, pskMark: string | null): Fields {
  const { bgp, healthCheck: check } = tunnel;
  return new Map([
    ['name', tunnel.name],
    ['description', print(tunnel.description)],
    ['cloudflareEndpoint', tunnel.cloudflareEndpoint],
    ['customerEndpoint', print(tunnel.customerEndpoint)],
    ['interfaceAddress', tunnel.interfaceAddress],
    ['interfaceAddress6', print(tunnel.interfaceAddress6)],
    ['fqdnId', print(tunnel.fqdnId)],
    ['automaticReturnRouting', print(tunnel.automaticReturnRouting)],
    ['replayProtection', print(tunnel.replayProtection)],
    ['bgp.customerAsn', print(bgp?.customerAsn)],
    ['bgp.extraPrefixes', print(bgp?.extraPrefixes.join(', '))],
    ['bgp.md5Key', bgp === null ? null : md5Mark],
    ['bgp.importFilterId', print(bgp?.importFilterId)],
    ['bgp.exportFilterId', print(bgp?.exportFilterId)],
    ['healthCheck.enabled', print(check?.enabled)],
    ['healthCheck.rate', print(check?.rate)],
    ['healthCheck.type', print(check?.type)],
    ['healthCheck.direction', print(check?.direction)],
    ['healthCheck.target', print(check?.target?.saved)],
    ['psk', pskMark],
  ]);
}

function isSame(field: string, one: string | null, other: string | null): boolean {
  if (one === other) return true;
  return ADDRESSES.has(field) && one !== null && other !== null && isSameAddress(one, other);
}

/** What differs, in the order of a form. `null`: there is no such tunnel before, or after. */
export function differences(before: Fields | null, after: Fields | null): readonly FieldChange[] {
  return [...((after ?? before)?.keys() ?? [])].flatMap((field) => {
    const [old, young] = [before?.get(field) ?? null, after?.get(field) ?? null];
    if (isSame(field, old, young)) return [];
    if (!SECRETS.has(field)) return [{ field, before: old, after: young }];
    return [{ field, before: old === null ? null : MASK, after: young === null ? null : NEW_MASK }];
  });
}

/** `healthCheck.rate mid → high`, at most five of them. */
export function inWords(changes: readonly FieldChange[]): string {
  const listed = changes.slice(0, 5).map(({ field, before, after }) => `${field} ${before ?? '–'} → ${after ?? '–'}`);
  return [...listed, ...(changes.length > 5 ? [`and ${changes.length - 5} more`] : [])].join(', ');
}
