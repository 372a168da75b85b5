/** Sentences that the host makes, as the page says them. In English the host has said them already, for its log as well. */
import type { HostSaid } from '../../../shared/operation-said.ts';
import type { PlanWarning } from '../../../shared/plan-warnings.ts';
import type { RotationNext } from '../../../shared/rotation-said.ts';

/**
 * A warning of a plan.
 * @param sentence As the host said it.
 * @param _said `undefined`: an older host says no more.
 */
export const planWarning = (sentence: string, _said: PlanWarning | undefined): string => sentence;

/** A sentence of a check, a refusal or an outcome. */
export const hostSentence = (sentence: string, _said: HostSaid | undefined): string => sentence;

/** What comes next in a rotation. */
export const rotationNext = (sentence: string, _said: RotationNext | undefined): string => sentence;
