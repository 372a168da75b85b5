/** Cloudflare's complaints about a request, put where a form shows them. */
import type { Fault, FaultPart } from '../../shared/fault.ts';
import type { TunnelKey } from '../../shared/model.ts';
import type { FieldProblem } from '../../shared/operations.ts';
import { FORM_FIELDS } from '../../shared/tunnel-form/index.ts';
import { failed, words } from './words.ts';

/** The API's names that are not simply ours with underscores. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['custom_remote_identities', 'fqdnId'],
  ['custom_remote_identities.fqdn_id', 'fqdnId'],
  ['health_check.target.saved', 'healthCheck.target'],
  ['health_check.target.effective', 'healthCheck.target'],
]);

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `/2/health_check/target` as the third tunnel and `healthCheck.target`. */
function place(pointer: string): { readonly index: number | null; readonly field: string | null } {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter((part) => part !== 'ipsec_tunnels' && part !== 'psks');
  const index = /^\d+$/.test(parts[0] ?? '') ? Number(parts.shift()) : null;
  // Where in a list is of no use to a form: `/bgp/extra_prefixes/0`.
  const path = parts.filter((part) => !/^\d+$/.test(part)).join('.');
  return { index, field: path === '' ? null : (OURS.get(path) ?? camel(path)) };
}

/** Every field by the words with which Cloudflare may speak of it, the most exact first. */
const NAMED: readonly (readonly [RegExp, string])[] = FORM_FIELDS.flatMap((field) => {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const last = snake.split('.').at(-1) ?? snake;
  if (['type', 'rate', 'enabled', 'target', 'direction', 'name'].includes(last)) {
    return [[new RegExp(`\\b${snake.replace('.', '\\W')}\\b`, 'i'), field] as const];
  }
  return [[new RegExp(`\\b${last.replaceAll('_', '[ _-]?')}\\b`, 'i'), field] as const];
}).sort(([a], [b]) => b.source.length - a.source.length);

/** The field that a message speaks of, where it speaks of exactly one. */
function byWords(message: string): string | null {
  const found = NAMED.find(([name]) => name.test(message));
  if (found !== undefined) return found[1];
  if (/\b(tunnel )?name\b/i.test(message)) return 'name';
  if (/\bpre-?shared key\b/i.test(message)) return 'psk';
  if (/\bhealth ?check target\b/i.test(message)) return 'healthCheck.target';
  return null;
}

function problem({ pointer, message }: FaultPart, keys: readonly (TunnelKey | null)[]): FieldProblem {
  const at = pointer === null ? { index: null, field: null } : place(pointer);
  const key = keys[at.index ?? 0] ?? null;
  const field = at.field ?? byWords(message);
  const says = words(`Cloudflare says: ${message}.`, 'cloudflare-says', { message: `${message}.` });
  return { key: at.index === null && keys.length > 1 ? null : key, field, ...says };
}

/** One problem for each complaint; what nobody can place is about the whole. `keys`: in the order of the request. */
export function cloudProblems(fault: Fault, keys: readonly (TunnelKey | null)[]): readonly FieldProblem[] {
  if (fault.kind !== 'rejected') return [];
  if (fault.parts !== undefined) return fault.parts.map((part) => problem(part, keys));
  const key = keys.length === 1 ? (keys[0] ?? null) : null;
  return [
    { key, field: byWords(fault.sentence), ...words(fault.sentence, 'fault', { ...failed(fault), waitMs: null }) },
  ];
}
