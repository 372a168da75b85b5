/** Sentences about operations, in English with their code and facts beside them. */
import type { Fault } from '../../shared/fault.ts';
import type { OperationFacts, OperationSaid } from '../../shared/operation-said.ts';

/** A sentence and what it says of what. */
export interface Words {
  readonly sentence: string;
  readonly said: OperationSaid;
}

/** Makes a sentence. */
export function words<C extends keyof OperationFacts>(sentence: string, code: C, facts: OperationFacts[C]): Words {
  return { sentence, said: { code, facts } as OperationSaid };
}

/** What of a fault is told. */
export const told = ({ kind, sentence, about }: Fault): OperationFacts['fault']['fault'] => ({
  kind,
  sentence,
  about,
});

/** A fault with the time that Cloudflare wants us to wait. */
export const failed = (fault: Fault): OperationFacts['fault'] => ({ fault: told(fault), waitMs: fault.retryAfterMs });
