/** One rotation as the host tells it, looked at live; and the new key, which lives here and nowhere else. */
import type { CallResult } from '../../../shared/bridge.ts';
import type { Rotation, RotationCheck } from '../../../shared/keys.ts';
import type { Millis, Tunnel, TunnelKey } from '../../../shared/model.ts';
import type { FieldProblem, NewKey } from '../../../shared/operations.ts';
import type { App } from '../../state/app.ts';
import { hostSentences } from '../../words/host-sentences.ts';

/** Checks are looked at live while somebody waits for them. */
export const LOOK_MS: Millis = 4_000;

type Parts = Pick<App, 'bridge' | 'clock'>;

export class RotationPage {
  readonly key: TunnelKey;
  readonly #parts: Parts;
  #open = false;
  #stop: () => void = () => {};
  /** `undefined` until the host has answered, `null`: none is under way. */
  #rotation = $state.raw<Rotation | null | undefined>(undefined);
  #tunnel = $state.raw<Tunnel | null>(null);
  #newKey = $state.raw<NewKey | null>(null);
  #problem = $state.raw<string | null>(null);
  #refusal = $state.raw<{ readonly sentence: string; readonly problems: readonly FieldProblem[] } | null>(null);
  #busy = $state.raw(false);
  #setting = $state.raw(false);
  #despite = $state.raw<ReadonlySet<string>>(new Set());
  #speaksAgainst = $derived.by((): readonly RotationCheck[] =>
    this.#rotation?.step === 'check' ? this.#rotation.checks.filter(speaksAgainst) : [],
  );
  #accepted = $derived.by(() => this.#speaksAgainst.every(({ id }) => this.#despite.has(id)));

  constructor(key: TunnelKey, parts: Parts) {
    this.key = key;
    this.#parts = parts;
  }

  get rotation(): Rotation | null | undefined {
    return this.#rotation;
  }
  get tunnel(): Tunnel | null {
    return this.#tunnel;
  }
  /** The key that was just made; gone as soon as somebody leaves. */
  get newKey(): NewKey | null {
    return this.#newKey;
  }
  get problem(): string | null {
    return this.#problem;
  }
  /** Why no key was set. */
  get refusal(): { readonly sentence: string; readonly problems: readonly FieldProblem[] } | null {
    return this.#refusal;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** A key is on its way here: whoever leaves now never gets to see it. */
  get setting(): boolean {
    return this.#setting;
  }
  /** Checks that the reader accepts although they are not good. */
  get despite(): ReadonlySet<string> {
    return this.#despite;
  }
  /** All is good, or each that is not was accepted. */
  get mayGoOn(): boolean {
    return this.#accepted;
  }
  /** Checks that are not good while that still matters. */
  get speaksAgainst(): readonly RotationCheck[] {
    return this.#speaksAgainst;
  }

  /** Looks for a rotation that is under way, and goes on looking until the returned function is called. */
  open(): () => void {
    this.#open = true;
    void this.#find();
    this.#stop = this.#parts.clock.every(LOOK_MS, () => void this.#look());
    return () => {
      this.#open = false;
      this.#stop();
      this.#newKey = null;
    };
  }

  async retry(): Promise<void> {
    await this.#find();
  }

  async begin(by: string): Promise<void> {
    this.#despite = new Set();
    this.#refusal = null;
    this.#newKey = null;
    this.#took(await this.#does(this.#parts.bridge.call('startRotation', { key: this.key, by })));
  }

  accept(id: string, accepted: boolean): void {
    const next = new Set(this.#despite);
    if (accepted) next.add(id);
    else next.delete(id);
    this.#despite = next;
  }

  /** Has a key made (`own: null`) or set. The answer holds it, once. */
  async setKey(own: string | null, by: string): Promise<void> {
    const rotation = this.#rotation;
    if (!rotation) return;
    this.#refusal = null;
    const despite = this.#speaksAgainst.map(({ id }) => id).filter((id) => this.#despite.has(id));
    this.#setting = true;
    const result = await this.#does(this.#parts.bridge.call('rotationKey', { id: rotation.id, own, despite, by }));
    this.#setting = false;
    if (!this.#open) return;
    if (!result.ok) this.#refusal = { sentence: result.error.sentence, problems: [] };
    else if (!result.value.set) {
      const { sentence, said, problems } = result.value;
      this.#refusal = { sentence: hostSentences.hostSentence(sentence, said), problems };
    } else {
      this.#rotation = result.value.rotation;
      this.#newKey = result.value.newKey;
    }
  }

  async done(step: 'router' | 'reauthenticate', by: string): Promise<void> {
    const rotation = this.#rotation;
    if (!rotation) return;
    const result = await this.#does(this.#parts.bridge.call('rotationDone', { id: rotation.id, step, by }));
    this.#took(result);
    if (result.ok && step === 'reauthenticate') this.#newKey = null;
  }

  async abandon(by: string): Promise<void> {
    const rotation = this.#rotation;
    if (!rotation) return;
    this.#took(await this.#does(this.#parts.bridge.call('abandonRotation', { id: rotation.id, by })));
  }

  async #does<T>(asked: Promise<T>): Promise<T> {
    this.#busy = true;
    const result = await asked;
    this.#busy = false;
    return result;
  }

  async #find(): Promise<void> {
    const [rotations, detail] = await Promise.all([
      this.#parts.bridge.call('rotations', {}),
      this.#parts.bridge.call('tunnel', { key: this.key }),
    ]);
    if (!this.#open) return;
    if (detail.ok) this.#tunnel = detail.value?.tunnel ?? null;
    this.#problem = rotations.ok ? null : rotations.error.sentence;
    if (rotations.ok) {
      this.#rotation = rotations.value.find(({ key, endedAt }) => key === this.key && endedAt === null) ?? null;
    }
  }

  async #look(): Promise<void> {
    const rotation = this.#rotation;
    if (!rotation || rotation.endedAt !== null || this.#busy) return;
    const result = await this.#parts.bridge.call('rotation', { id: rotation.id });
    // Meanwhile something may have been done, whose answer is the newer one.
    if (!this.#open || this.#busy || this.#rotation !== rotation) return;
    this.#took(result);
  }

  #took(result: CallResult<'startRotation' | 'rotation' | 'rotationDone' | 'abandonRotation'>): void {
    if (!this.#open) return;
    this.#problem = result.ok ? null : result.error.sentence;
    if (result.ok) this.#rotation = result.value;
  }
}

/** What is awaited is a reminder, and no obstacle. */
const speaksAgainst = ({ state }: RotationCheck): boolean => state === 'bad' || state === 'unknown';

/** Whether a person may decide to go on although a check is not good: not where the host would refuse all the same. */
export function mayAccept(check: RotationCheck): boolean {
  return speaksAgainst(check) && !FIRM.has(check.id);
}
const FIRM: ReadonlySet<string> = new Set(['tunnel', 'unlocked', 'other-rotation']);
