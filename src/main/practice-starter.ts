/** Practice mode brings the simulator along, so it is loaded only when somebody wants it. */
import type { Engine } from '../engine/contract.ts';
import type { Machine } from '../engine/settings/open-engine.ts';
import { ok, type Result } from '../shared/result.ts';

/** Starts practice mode; the error is one sentence. */
export async function startPractice({ clock, version }: Machine): Promise<Result<Engine, string>> {
  const { startPractice: begin } = await import('../practice/practice.ts');
  const started = await begin({ clock, version });
  return started.ok ? ok(started.value.engine) : started;
}
