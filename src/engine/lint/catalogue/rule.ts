/**
 * What a rule of the catalogue is: data that people read, a pure judge, and two examples that drive its tests and its docs.
 * A field that the API did not report is never judged: the verdict then says what is missing.
 */
import type { LintRuleView } from '../../../shared/lint.ts';
import type { Finding, Instant, Tunnel, TunnelKey } from '../../../shared/model.ts';
import type { Surroundings, TunnelFacts } from '../contract.ts';
import type { Field } from '../fields.ts';
import type { World } from '../world.ts';

/** What a judge found: the rule adds its own words. `severity`, `why` and `fix` only where this case differs from the rule. */
export interface Found {
  /** Field and offending value in print, with what they clash with. */
  readonly evidence: string;
  readonly field: Field | null;
  readonly value: string | null;
  readonly severity?: Finding['severity'];
  readonly fix?: string;
  readonly grouping?: string;
  readonly remedy?: Finding['remedy'];
}

/** One tunnel under one rule. An empty verdict: nothing against it. */
export interface Verdict {
  readonly found?: Found;
  /** Why it could not be judged, or not wholly: one sentence. */
  readonly missing?: string;
  /** From then on the verdict may be another one, without any news. */
  readonly again?: Instant;
}

/** Nothing against it. */
export const FINE: Verdict = {};

/** A verdict that found something: the field, its value, and what stands after them. */
export function found(
  field: Field,
  value: string | number | boolean,
  more: string = '',
  rest: Omit<Found, 'evidence' | 'field' | 'value'> = {},
): Verdict {
  const text = String(value);
  return { found: { evidence: `${field} ${text}${more}`, field, value: text, ...rest } };
}

/** Not evaluated, since this was not reported. */
export function missing(field: Field): Verdict {
  return { missing: `${field} is not reported.` };
}

/** An account in which a rule is shown at work; it differs from a sound one in what is named. */
export interface Example {
  /** What the two tunnels `ams-tun-a` and `ams-tun-b` of the sound account have instead. */
  readonly a?: Partial<Tunnel>;
  readonly b?: Partial<Tunnel>;
  /** Tunnels beside them. */
  readonly more?: readonly Partial<Tunnel>[];
  readonly beside?: Partial<Surroundings>;
  /** Observed of `ams-tun-a`. */
  readonly facts?: Partial<TunnelFacts>;
}

interface Words extends Omit<LintRuleView, 'looksAt'> {
  readonly reads: readonly Field[];
  readonly examples: {
    readonly triggers: Example;
    readonly quiet: Example;
    /** Rules that the first example cannot help setting off as well. */
    readonly beside?: readonly string[];
  };
}

/** What is found about no tunnel of the list. */
export interface AccountVerdict {
  readonly found: readonly (Found & { readonly key: TunnelKey })[];
  readonly missing?: string;
  readonly again?: Instant;
}

/** A rule judges tunnels one by one, or what stands beside them, or both. */
export interface CatalogueRule extends Words {
  readonly judge?: (tunnel: Tunnel, world: World) => Verdict;
  /** It looks at the tunnel's whole group. */
  readonly byGroup?: true;
  /** Shelves (see `shelves.ts`) that it looks at for this tunnel: whoever lies there is judged again when this one changes. */
  readonly shelves?: (tunnel: Tunnel) => readonly string[];
  /** What it needs to know of all tunnels together; when this text changes, all are judged again. */
  readonly census?: (world: World) => string;
  readonly judgeAccount?: (world: World) => AccountVerdict;
}

/** Names in evidence: the first three, and how many more. */
export function namesOf(names: readonly string[]): string {
  const [shown, left] = [names.slice(0, 3), names.length - 3];
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

/** Names of the others on a shelf on which this tunnel lies too: `b, c, d and 4 more`; `null` when it lies there alone. */
export function othersOn(shelf: readonly Tunnel[], self: Tunnel): string | null {
  const few = shelf.slice(0, 4).filter(({ key }) => key !== self.key);
  const count = shelf.length - 1;
  if (count < 1) return null;
  const shown = few.slice(0, 3).map(({ name }) => name);
  return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
}
