/** The way of one operation: asked for, planned, confirmed, over. It holds what the host said and nothing else. */
import type { Bridge } from '../../../shared/bridge.ts';
import type { FieldProblem, Operation, OperationOutcome, OperationPlan } from '../../../shared/operations.ts';
import { hostSentences } from '../../words/host-sentences.ts';

/** Why there is no plan. */
export interface Refusal {
  readonly sentence: string;
  readonly problems: readonly FieldProblem[];
}

export class Flow {
  readonly #bridge: Bridge;
  /** What was asked for last, to ask it again; it may hold a key, so it goes as soon as it is of no more use. */
  #asked: Operation | null = null;
  #plan = $state.raw<OperationPlan | null>(null);
  #outcome = $state.raw<OperationOutcome | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #busy = $state.raw<'planning' | 'confirming' | null>(null);
  /** Counts changes of mind: an answer to an older question is of no interest. */
  #turn = 0;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  get plan(): OperationPlan | null {
    return this.#plan;
  }
  get outcome(): OperationOutcome | null {
    return this.#outcome;
  }
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get busy(): 'planning' | 'confirming' | null {
    return this.#busy;
  }

  /** Has it checked. Ends in `plan` or in `refusal`. */
  async ask(operation: Operation): Promise<void> {
    if (this.#busy !== null) return;
    this.#discard();
    this.#asked = operation;
    this.#outcome = null;
    this.#refusal = null;
    this.#busy = 'planning';
    this.#turn += 1;
    const turn = this.#turn;
    const result = await this.#bridge.call('plan', { operation });
    if (turn !== this.#turn) {
      // Nobody waits for it any more.
      if (result.ok && result.value.planned) void this.#bridge.call('discard', { plan: result.value.plan.id });
      return;
    }
    this.#busy = null;
    if (!result.ok) this.#refusal = { sentence: result.error.sentence, problems: [] };
    else if (result.value.planned) this.#plan = result.value.plan;
    else {
      const { sentence, said, problems } = result.value;
      this.#refusal = { sentence: hostSentences.hostSentence(sentence, said), problems };
    }
  }

  /** The same again, on what is there now. */
  async again(): Promise<void> {
    if (this.#asked !== null) await this.ask(this.#asked);
  }

  /** Does what the plan says. Ends in `outcome`; a call that failed on its way is one whose outcome is not known. */
  async confirm(typed: string | null, by: string): Promise<void> {
    const plan = this.#plan;
    if (plan === null || this.#busy !== null) return;
    this.#busy = 'confirming';
    this.#turn += 1;
    const turn = this.#turn;
    const result = await this.#bridge.call('confirm', { plan: plan.id, typed, by });
    if (turn !== this.#turn) return;
    this.#busy = null;
    if (!result.ok && result.error.kind !== 'unreachable') {
      this.#refusal = { sentence: result.error.sentence, problems: [] };
      return;
    }
    this.#plan = null;
    this.#outcome = result.ok ? result.value : lost(plan, result.error.sentence);
    if (this.#outcome.state === 'done') this.#asked = null;
  }

  /** Back to the form; the plan is of no more use. */
  back(): void {
    this.#discard();
    this.#outcome = null;
    this.#refusal = null;
  }

  /** Nobody looks any more: nothing is kept. What has been sent goes on. */
  leave(): void {
    if (this.#busy !== 'confirming') this.#discard();
    this.#turn += 1;
    this.#asked = null;
    this.#plan = null;
    this.#outcome = null;
    this.#refusal = null;
    this.#busy = null;
  }

  #discard(): void {
    if (this.#plan !== null) void this.#bridge.call('discard', { plan: this.#plan.id });
    this.#plan = null;
  }
}

/** The host itself did not answer. */
function lost(plan: OperationPlan, sentence: string): OperationOutcome {
  return {
    state: 'unknown',
    sentence,
    problems: [],
    tunnels: plan.diffs.map(({ key, name }) => ({ key, name, applied: false, sentence: '' })),
    newKeys: [],
    cfRay: null,
  };
}
