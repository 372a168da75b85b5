/**
 * What a lint rule is. A rule looks at one tunnel against its account and gives the evidence, or nothing. A field that the
 * API did not report is never judged.
 */
import type { Finding, Tunnel } from '../../shared/model.ts';

/** What a rule may know beside the tunnel itself. */
export interface LintContext {
  /** How many tunnels of the account bear each name. */
  readonly names: ReadonlyMap<string, number>;
  /** Names of the tunnels that use each interface address (as written). */
  readonly interfaces: ReadonlyMap<string, readonly string[]>;
}

export interface Rule {
  /** Stable name, for waivers and documentation. */
  readonly id: string;
  /** `error`: will not work or is rejected; `warning`: works badly or by luck; `info`: worth knowing. */
  readonly severity: Finding['severity'];
  /** Why it matters, one sentence. */
  readonly why: string;
  /** What to do about it, one sentence. */
  readonly fix: string;
  /** Cloudflare's page or the standard that the rule rests on. */
  readonly source: string;
  /** The field and its offending value in print, or `null` when there is nothing to say. */
  readonly check: (tunnel: Tunnel, context: LintContext) => string | null;
}
