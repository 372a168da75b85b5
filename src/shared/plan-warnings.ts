/** What a plan warns of, by code and facts, so that pages can say it in their own language. English says it in the plan itself. */

/** What goes away: for good (`true`), or while the tunnel starts anew. */
interface AtSite {
  readonly name: string;
  readonly site: string;
  readonly forGood: boolean;
}
interface Named {
  readonly name: string;
}

/** The facts of each warning. Names are those of tunnels and sites. */
export interface PlanWarningFacts {
  readonly 'only-tunnel': AtSite;
  readonly 'last-tunnel': AtSite;
  readonly 'all-at-once': AtSite;
  /** `names`: of the same site, at most three; `one`: there is no other. */
  readonly 'others-ill': { readonly names: string; readonly one: boolean };
  readonly traffic: Named;
  readonly 'bgp-ends': Named;
  /** `router`: it has to be changed at the same time. */
  readonly 'bgp-restarts': Named & { readonly router: boolean };
  readonly 'another-id': object;
  readonly 'identities-change': Named;
  /** `name`: of the tunnel that has the pair already. */
  readonly 'same-pair': Named;
  readonly 'latent-key': Named;
  readonly 'no-key': Named;
  readonly replay: Named;
  readonly 'no-checks': Named;
  /** `name`: that before the change. */
  readonly renamed: Named;
}

/** One warning of a plan. */
export type PlanWarning = {
  [C in keyof PlanWarningFacts]: { readonly code: C; readonly facts: PlanWarningFacts[C] };
}[keyof PlanWarningFacts];
