/**
 * Forms about tunnels, checked alike by the page while somebody types, by the engine, and by the command line. A room of its
 * own: it is the one part of `src/shared` that needs libraries.
 */
export { isSameAddress } from './addresses.ts';
export { checkChange, checkDraft, checkField, formProblem } from './check.ts';
export { FIELDS, FORM_FIELDS, type FormField, REMOVABLE, REQUIRED } from './fields.ts';
export { EXPECTED, type FormProblem, PROBLEM_CODES, type ProblemCode, SENTENCES } from './problems.ts';
