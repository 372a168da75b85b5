/** Deutsch. */
export * as changes from './changes.ts';
export * as faults from './faults.ts';
export * as grammar from './grammar.ts';
export * as lines from './lines.ts';
export * as next from './next-steps.ts';
export * as notices from './notices.ts';
export * as rules from './rules.ts';
export * as titles from './titles.ts';
