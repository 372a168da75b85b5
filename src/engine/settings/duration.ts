/** Lengths of time as people write them in a settings file. The page checks them too, so that they are read in one place. */
export { DURATION_PATTERN, formatDuration, parseDuration } from '../../shared/duration-text.ts';
