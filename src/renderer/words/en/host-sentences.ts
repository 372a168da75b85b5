/** Sentences that the host makes, as the page says them. In English the host has said them already, for its log as well. */
import type { PlanWarning } from '../../../shared/plan-warnings.ts';

/**
 * A warning of a plan.
 * @param sentence As the host said it.
 * @param _said `undefined`: an older host says no more.
 */
export const planWarning = (sentence: string, _said: PlanWarning | undefined): string => sentence;
