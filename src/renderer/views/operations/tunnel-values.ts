/** A tunnel as a form holds it, and what the form asks for: a draft, or a change against what is there. Pure. */
import type { HealthCheckConfig, Tunnel } from '../../../shared/model.ts';
import type { HealthCheckDraft, TunnelChange, TunnelDraft } from '../../../shared/operations.ts';

/** Yes, no, or not said: what is not said is left to Cloudflare, or to what is there. */
export type Toggle = '' | 'on' | 'off';

/** Every field as text. The empty text is "not set". */
export interface TunnelValues {
  readonly name: string;
  readonly description: string;
  readonly cloudflareEndpoint: string;
  readonly customerEndpoint: string;
  readonly interfaceAddress: string;
  readonly interfaceAddress6: string;
  readonly fqdnId: string;
  readonly automaticReturnRouting: Toggle;
  readonly replayProtection: Toggle;
  readonly checkEnabled: Toggle;
  readonly checkRate: NonNullable<HealthCheckDraft['rate']> | '';
  readonly checkType: NonNullable<HealthCheckDraft['type']> | '';
  readonly checkDirection: NonNullable<HealthCheckDraft['direction']> | '';
  readonly checkTarget: string;
  readonly bgp: boolean;
  readonly asn: string;
  /** One each line. */
  readonly prefixes: string;
  /** The present key is never told, so a form says what should become of it. */
  readonly md5: 'keep' | 'set' | 'remove';
  readonly md5Key: string;
  readonly importFilterId: string;
  readonly exportFilterId: string;
  readonly keyNow: boolean;
  readonly psk: string;
}

/** Nothing said yet. */
export const EMPTY: TunnelValues = {
  name: '',
  description: '',
  cloudflareEndpoint: '',
  customerEndpoint: '',
  interfaceAddress: '',
  interfaceAddress6: '',
  fqdnId: '',
  automaticReturnRouting: '',
  replayProtection: '',
  checkEnabled: '',
  checkRate: '',
  checkType: '',
  checkDirection: '',
  checkTarget: '',
  bgp: false,
  asn: '',
  prefixes: '',
  md5: 'keep',
  md5Key: '',
  importFilterId: '',
  exportFilterId: '',
  keyNow: false,
  psk: '',
};

const toggle = (value: boolean | null | undefined): Toggle => (value == null ? '' : value ? 'on' : 'off');
const spoken = (value: Toggle): boolean | undefined => (value === '' ? undefined : value === 'on');
const known = <T extends string>(value: string | null | undefined, ...words: readonly T[]): T | '' =>
  words.find((word) => word === value) ?? '';
const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
const lines = (text: string): readonly string[] => text.split(/[\s,]+/).filter((line) => line !== '');
/** What is no number is out of every range. */
const asn = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : -1);

function checkValues(check: HealthCheckConfig | null): Partial<TunnelValues> {
  if (check === null) return {};
  return {
    checkEnabled: toggle(check.enabled),
    checkRate: known(check.rate, 'low', 'mid', 'high'),
    checkType: known(check.type, 'reply', 'request'),
    checkDirection: known(check.direction, 'unidirectional', 'bidirectional'),
    checkTarget: check.target?.saved ?? '',
  };
}

/** The form of a tunnel that is there. */
export function valuesOf(tunnel: Tunnel): TunnelValues {
  return {
    ...EMPTY,
    name: tunnel.name,
    description: tunnel.description ?? '',
    cloudflareEndpoint: tunnel.cloudflareEndpoint,
    customerEndpoint: tunnel.customerEndpoint ?? '',
    interfaceAddress: tunnel.interfaceAddress,
    interfaceAddress6: tunnel.interfaceAddress6 ?? '',
    fqdnId: tunnel.fqdnId ?? '',
    automaticReturnRouting: toggle(tunnel.automaticReturnRouting),
    replayProtection: toggle(tunnel.replayProtection),
    ...checkValues(tunnel.healthCheck),
    bgp: tunnel.bgp !== null,
    asn: tunnel.bgp === null ? '' : String(tunnel.bgp.customerAsn),
    prefixes: (tunnel.bgp?.extraPrefixes ?? []).join('\n'),
    importFilterId: tunnel.bgp?.importFilterId ?? '',
    exportFilterId: tunnel.bgp?.exportFilterId ?? '',
  };
}

const TEXTS = [
  'name',
  'description',
  'cloudflareEndpoint',
  'customerEndpoint',
  'interfaceAddress',
  'interfaceAddress6',
  'fqdnId',
] as const;

/** The form with a suggested change in it. Words that Cloudflare does not know stay out: the form has no place for them. */
export function withChange(values: TunnelValues, change: TunnelChange): TunnelValues {
  const texts = Object.fromEntries(
    TEXTS.flatMap((name) => {
      const value = change[name];
      return typeof value === 'string' || value === null ? [[name, value ?? '']] : [];
    }),
  );
  const check = change.healthCheck;
  const { bgp } = change;
  return {
    ...values,
    ...texts,
    ...(change.automaticReturnRouting === undefined
      ? {}
      : { automaticReturnRouting: toggle(change.automaticReturnRouting) }),
    ...(change.replayProtection === undefined ? {} : { replayProtection: toggle(change.replayProtection) }),
    ...(check?.enabled === undefined ? {} : { checkEnabled: toggle(check.enabled) }),
    ...(check?.rate === undefined ? {} : { checkRate: known(check.rate, 'low', 'mid', 'high') }),
    ...(check?.type === undefined ? {} : { checkType: known(check.type, 'reply', 'request') }),
    ...(check?.direction === undefined
      ? {}
      : { checkDirection: known(check.direction, 'unidirectional', 'bidirectional') }),
    ...(check?.target === undefined ? {} : { checkTarget: String(check.target) }),
    ...(bgp === undefined ? {} : { bgp: bgp !== null }),
    ...(bgp?.customerAsn === undefined ? {} : { asn: String(bgp.customerAsn) }),
    ...(Array.isArray(bgp?.extraPrefixes) ? { prefixes: bgp.extraPrefixes.join('\n') } : {}),
    ...(bgp?.importFilterId === undefined ? {} : { importFilterId: String(bgp.importFilterId) }),
    ...(bgp?.exportFilterId === undefined ? {} : { exportFilterId: String(bgp.exportFilterId) }),
    ...(bgp?.md5Key === null ? { md5: 'remove' } : {}),
  };
}

/** Without what is `undefined`: two drafts that say the same are the same text. */
function said<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** What the form asks to be created. */
export function draftOf(values: TunnelValues): TunnelDraft {
  const check = said({
    enabled: spoken(values.checkEnabled),
    rate: values.checkRate || undefined,
    type: values.checkType || undefined,
    direction: values.checkDirection || undefined,
    target: given(values.checkTarget),
  });
  return said({
    name: values.name.trim(),
    cloudflareEndpoint: values.cloudflareEndpoint.trim(),
    interfaceAddress: values.interfaceAddress.trim(),
    interfaceAddress6: given(values.interfaceAddress6),
    customerEndpoint: given(values.customerEndpoint),
    description: given(values.description),
    automaticReturnRouting: spoken(values.automaticReturnRouting),
    replayProtection: spoken(values.replayProtection),
    fqdnId: given(values.fqdnId),
    healthCheck: Object.keys(check).length === 0 ? undefined : check,
    bgp: values.bgp
      ? said({
          customerAsn: asn(values.asn),
          extraPrefixes: lines(values.prefixes).length === 0 ? undefined : lines(values.prefixes),
          md5Key: values.md5 === 'set' ? values.md5Key : undefined,
          importFilterId: given(values.importFilterId),
          exportFilterId: given(values.exportFilterId),
        })
      : undefined,
    psk: values.keyNow ? values.psk : undefined,
  });
}

/** What the form asks to be changed: only what differs from `base`. An emptied field is removed. */
export function changeOf(values: TunnelValues, base: TunnelValues): TunnelChange {
  // Blanks around what is there are nobody's change until somebody comes to the field.
  const stays = (name: (typeof TEXTS)[number]): boolean => values[name].trim() === base[name].trim();
  const text = (name: 'name' | 'cloudflareEndpoint' | 'interfaceAddress'): string | undefined =>
    stays(name) ? undefined : values[name].trim();
  const optional = (
    name: 'description' | 'customerEndpoint' | 'interfaceAddress6' | 'fqdnId',
  ): string | null | undefined => (stays(name) ? undefined : (given(values[name]) ?? null));
  const flag = (name: 'automaticReturnRouting' | 'replayProtection' | 'checkEnabled'): boolean | undefined =>
    values[name] === base[name] ? undefined : spoken(values[name]);
  const check = said({
    enabled: flag('checkEnabled'),
    rate: values.checkRate === base.checkRate ? undefined : values.checkRate || undefined,
    type: values.checkType === base.checkType ? undefined : values.checkType || undefined,
    direction: values.checkDirection === base.checkDirection ? undefined : values.checkDirection || undefined,
    target: values.checkTarget.trim() === base.checkTarget ? undefined : values.checkTarget.trim(),
  });
  return said({
    name: text('name'),
    cloudflareEndpoint: text('cloudflareEndpoint'),
    interfaceAddress: text('interfaceAddress'),
    interfaceAddress6: optional('interfaceAddress6'),
    customerEndpoint: optional('customerEndpoint'),
    description: optional('description'),
    automaticReturnRouting: flag('automaticReturnRouting'),
    replayProtection: flag('replayProtection'),
    bgp: sessionChange(values, base),
    fqdnId: optional('fqdnId'),
    healthCheck: Object.keys(check).length === 0 ? undefined : check,
  });
}

function sessionChange(values: TunnelValues, base: TunnelValues): TunnelChange['bgp'] {
  if (!values.bgp) return base.bgp ? null : undefined;
  const prefixes = lines(values.prefixes);
  const session = said({
    customerAsn: base.bgp && values.asn.trim() === base.asn ? undefined : asn(values.asn),
    extraPrefixes: prefixes.join('\n') === base.prefixes ? undefined : prefixes,
    md5Key: values.md5 === 'set' ? values.md5Key : values.md5 === 'remove' && base.bgp ? null : undefined,
    importFilterId: values.importFilterId.trim() === base.importFilterId ? undefined : values.importFilterId.trim(),
    exportFilterId: values.exportFilterId.trim() === base.exportFilterId ? undefined : values.exportFilterId.trim(),
  });
  return Object.keys(session).length === 0 ? undefined : session;
}

/** Whether the form says anything that is not there already. */
export function isSame(change: TunnelChange): boolean {
  return Object.keys(change).length === 0;
}
