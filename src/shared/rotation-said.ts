/** What the checks of a rotation say and what comes next, by code and facts, so that pages can say it in their own language. */

/** Tunnels by name, joined by commas. */
interface Names {
  readonly names: string;
}
/** `grouping`: by what they belong together, as the host says it in English; `null`: it is not told. */
interface Grouped extends Names {
  readonly grouping: string | null;
}
interface OfAccount {
  readonly account: string;
}

/** The facts of each sentence. */
export interface RotationFacts {
  readonly gone: object;
  readonly fresh: object;
  readonly stale: object;
  readonly 'partner-stale': Names;
  readonly 'partner-carries': Grouped;
  readonly 'partner-unseen': Grouped;
  /** `where`: codes of data centres, joined by commas. */
  readonly 'partner-torn': Grouped & { readonly where: string };
  readonly 'partner-ill': Grouped;
  readonly 'no-partner': object;
  readonly neighbours: Names;
  readonly 'no-partner-bgp': object;
  readonly 'partner-bgp-stale': Names;
  readonly 'partner-bgp-up': Names;
  readonly 'partner-bgp-down': Names;
  readonly 'partner-bgp-unreported': Names;
  readonly 'bgp-up': object;
  readonly 'bgp-none': object;
  readonly 'bgp-down': object;
  readonly 'bgp-unknown': object;
  readonly 'partners-settled': object;
  readonly 'partner-young': Names;
  readonly idle: object;
  readonly traffic: object;
  readonly 'no-other': object;
  readonly other: { readonly name: string };
  readonly unlocked: object;
  readonly 'nothing-changes': object;
  readonly 'no-write-token': OfAccount;
  readonly locked: OfAccount;
  readonly 'key-unknown': object;
  readonly 'key-unusable': object;
  readonly dated: object;
  readonly 'not-dated-yet': object;
  readonly 'not-dated': object;
  readonly 'bgp-stale': object;
  readonly 'bgp-unreported': object;
  readonly 'bgp-back': object;
  readonly 'bgp-stayed': object;
  readonly 'bgp-counts-later': object;
  readonly 'bgp-late': object;
  readonly 'bgp-not-yet': object;
  readonly 'checks-off': object;
  readonly 'no-results': object;
  readonly 'health-stale': object;
  readonly 'health-back': object;
  readonly 'health-stayed': object;
  readonly 'health-lags': object;
  readonly 'health-held': object;
  readonly 'health-late': object;
  readonly 'health-not-yet': object;
}

/** One sentence about a rotation. */
export type RotationSaid = {
  [C in keyof RotationFacts]: { readonly code: C; readonly facts: RotationFacts[C] };
}[keyof RotationFacts];

/** What to do now. */
export type RotationNext =
  | 'rotated'
  | 'given-up-before'
  | 'given-up-after'
  | 'put-right'
  | 'set-unknown'
  | 'set'
  | 'enter'
  | 'clear-sa'
  | 'compare'
  | 'wait';
