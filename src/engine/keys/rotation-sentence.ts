/** Sentences of a rotation, in English with their code and facts beside them. */
import type { RotationCheck } from '../../shared/keys.ts';
import type { RotationFacts, RotationSaid } from '../../shared/rotation-said.ts';

/** Sentences without facts need not name any. */
type Facts<C extends keyof RotationFacts> = keyof RotationFacts[C] extends never ? [] : [facts: RotationFacts[C]];

/** A sentence and what it says of what. */
export interface RotationSentence {
  readonly sentence: string;
  readonly said: RotationSaid;
}

/** Makes a sentence. */
export function sentenceOf<C extends keyof RotationFacts>(
  sentence: string,
  code: C,
  ...[facts]: Facts<C>
): RotationSentence {
  return { sentence, said: { code, facts: facts ?? {} } as RotationSaid };
}

/** Makes a check. */
export function check<C extends keyof RotationFacts>(
  id: string,
  state: RotationCheck['state'],
  sentence: string,
  code: C,
  ...facts: Facts<C>
): RotationCheck {
  return { id, state, ...sentenceOf(sentence, code, ...facts) };
}
