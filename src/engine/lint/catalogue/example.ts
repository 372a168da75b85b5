/** Examples of rules as accounts that a linter can judge, and in words. */
import type { Tunnel, TunnelKey } from '../../../shared/model.ts';
import type { LintStep, Surroundings, TunnelFacts } from '../contract.ts';
import { TUNNEL_FIELDS, type TunnelField } from '../fields.ts';
import type { Example } from './rule.ts';
import { EXAMPLE_FACTS, EXAMPLE_NOW, EXAMPLE_SURROUNDINGS, soundTunnel } from './sound.ts';

/** The whole account of an example as one step for a linter. */
export interface ExampleAccount extends LintStep {
  readonly changed: readonly Tunnel[];
  readonly surroundings: Surroundings;
  readonly facts: ReadonlyMap<TunnelKey, TunnelFacts>;
}

/** The account of an example. */
export function exampleAccount({ a, b, more = [], beside, facts }: Example): ExampleAccount {
  const tunnels = [a, b, ...more].map((other, n) => ({ ...soundTunnel(n), ...other }));
  return {
    now: EXAMPLE_NOW,
    changed: tunnels,
    surroundings: { ...EXAMPLE_SURROUNDINGS, ...beside },
    facts: new Map(tunnels.map(({ key }, n) => [key, n === 0 ? { ...EXAMPLE_FACTS, ...facts } : EXAMPLE_FACTS])),
  };
}

const TIMES: ReadonlySet<TunnelField> = new Set<TunnelField>([
  'bgp_status.updated_at',
  'psk_metadata.last_generated_on',
  'created_on',
  'modified_on',
]);
/** Said by the fields below them. */
const SILENT: ReadonlySet<TunnelField> = new Set<TunnelField>(['bgp']);

function fieldInWords(field: TunnelField, tunnel: Tunnel): string {
  const value = TUNNEL_FIELDS[field](tunnel);
  if (value === null) return `${field} absent`;
  if (field === 'bgp.md5_key') return tunnel.bgp?.md5KeyFault === undefined ? `${field} set` : `${field} "a?b"`;
  return `${field} ${TIMES.has(field) ? new Date(Number(value)).toISOString() : value === '' ? '""' : value}`;
}

/** What differs from the sound tunnel; parts that a session adds without meaning anything here are left out. */
function differences(n: number, other: Partial<Tunnel> | undefined): string | null {
  const sound = soundTunnel(n);
  const tunnel = { ...sound, ...other };
  const fields = (Object.keys(TUNNEL_FIELDS) as TunnelField[]).filter((field) => {
    if (SILENT.has(field)) return false;
    if (field.startsWith('bgp.') && (TUNNEL_FIELDS[field](tunnel) === '' || TUNNEL_FIELDS[field](tunnel) === 'none')) {
      return false;
    }
    return TUNNEL_FIELDS[field](tunnel) !== TUNNEL_FIELDS[field](sound);
  });
  if (fields.length === 0) return null;
  return `${sound.name}: ${fields.map((field) => fieldInWords(field, tunnel)).join(', ')}`;
}

/** What an example has that the sound account has not: `ams-tun-a: customer_endpoint 10.0.0.1`. */
export function exampleInWords({ a, b, more = [], beside, facts }: Example): string {
  const tunnels = [a, b, ...more].flatMap((other, n) => {
    const told = differences(n, other);
    return told ?? (n >= 2 ? `${soundTunnel(n).name} beside them` : []);
  });
  const around = Object.entries(beside ?? {}).map(([part, value]) => `${part}: ${JSON.stringify(value)}`);
  const observed = Object.entries(facts ?? {}).map(([fact, value]) => `ams-tun-a observed: ${fact} ${String(value)}`);
  const all = [...tunnels, ...around, ...observed];
  return all.length === 0 ? 'the sound account' : all.join('; ');
}
