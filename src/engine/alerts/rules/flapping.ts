/** The figures of flapping, shared by sessions and health. */
import type { Millis } from '../../../shared/model.ts';

/** Changes are counted over the last hour. */
export const FLAP_WINDOW_MS: Millis = 60 * 60_000;
/** It flaps no more once fewer changes than this lie in the window. */
export const FLAP_CALM = 3;
