/** From lane values to one severity: shared with the page, which plays the past on from change to change. */
export * from '../../shared/tunnel-severity.ts';
