/**
 * Every sentence about incidents and alerts, for notices and for the page alike: both say the same. Pure; plain text; names of
 * tunnels, sites and accounts stand in it as they are, so whoever prints it escapes it.
 */
export { alertLine, evidence } from './alert-lines.ts';
export { changeWords, fieldChanges } from './changes.ts';
export { nextSteps, ruleSteps } from './next-steps.ts';
export { type NoticeWords, noticeText, stepWords } from './notice-text.ts';
export { ruleShort, ruleTitle } from './rules.ts';
export type { Phrases, Say } from './say.ts';
export { causeWords, incidentSentence, incidentTitle, priorChangeWords, rulesWords } from './titles.ts';
