/** What became of operations, and why there is no plan, by code and facts, so that pages can say it in their own language. */
import type { ToldFault } from './alert-words/en/faults.ts';
import type { FieldChange } from './lint.ts';
import type { Millis } from './model.ts';
import type { OperationKind } from './operations.ts';
import type { RotationSaid } from './rotation-said.ts';

interface Named {
  readonly name: string;
}
interface Made extends Named {
  readonly kind: OperationKind;
}
interface Differs extends Named {
  readonly changes: readonly FieldChange[];
}
/** `waitMs`: Cloudflare wants to be left alone so long; `null`: it did not say. */
interface Failed {
  readonly fault: ToldFault;
  readonly waitMs: Millis | null;
}
interface Counted {
  readonly count: number;
}

/** The facts of each sentence. `name` is that of a tunnel. */
export interface OperationFacts {
  /** `reason`: in Cloudflare's words. */
  readonly 'left-as-is': Named & { readonly reason: string };
  readonly unread: Made & { readonly fault: ToldFault | null };
  readonly done: Made;
  readonly 'took-hold-in-part': Differs;
  readonly 'not-shown': Made;
  readonly 'nobody-knows': Named;
  readonly 'key-lost': Named;
  readonly 'done-as-read': Made;
  readonly neither: Differs;
  readonly 'key-not-dated': Named;
  readonly unchanged: Named;
  readonly 'may-come': Named;
  /** `open`: what is to be said of the first that is not done. */
  readonly sum: { readonly done: number; readonly all: number; readonly open: OperationSaid | null };
  /** `shown`: what reading showed. */
  readonly 'answer-lost': { readonly fault: ToldFault; readonly status: number | null; readonly shown: OperationSaid };
  readonly 'locked-meanwhile': { readonly account: string };
  readonly 'not-sent': Failed;
  readonly refused: Failed;
  readonly bug: object;
  readonly 'plan-over': object;
  readonly 'typed-otherwise': Named;
  /** `names`: at most three of them; `more`: how many there are beside. `changes`: of the first. */
  readonly clash: {
    readonly names: readonly string[];
    readonly more: number;
    readonly changes: readonly FieldChange[];
  };
  readonly 'gone-meanwhile': Named;
  readonly 'name-taken': Named;
  readonly 'modified-unseen': Named;
  readonly 'changed-meanwhile': { readonly change: FieldChange };
  readonly 'cloudflare-says': { readonly message: string };
  readonly 'to-correct': Counted;
  readonly fault: Failed;
  readonly 'named-twice': object;
  readonly 'tunnel-gone': object;
  readonly 'tunnels-gone': Counted;
  readonly 'gone-or-unreadable': object;
  readonly 'would-refuse': object;
  readonly 'would-refuse-keys': object;
}

/** One sentence about an operation. */
export type OperationSaid = {
  [C in keyof OperationFacts]: { readonly code: C; readonly facts: OperationFacts[C] };
}[keyof OperationFacts];

/** Every sentence that the host tells with its code. */
export type HostSaid = OperationSaid | RotationSaid;
