import type { FieldProblem } from '../../../shared/operations.ts';
import type { FormProblem } from '../../../shared/tunnel-form/index.ts';
import { hostSentences } from '../../words/host-sentences.ts';
import { operations } from '../../words/operations.ts';
import { tunnelForm } from '../../words/tunnel-form.ts';

const isOurs = (problem: FieldProblem | FormProblem): problem is FormProblem => 'code' in problem;

/** What is wrong, in the reader's language where the checks are ours, and in Cloudflare's words where they are its own. */
export function problemText(problem: FieldProblem | FormProblem): string {
  return isOurs(problem)
    ? tunnelForm.problems[problem.code](problem.value)
    : hostSentences.hostSentence(problem.sentence, problem.said);
}

/** The name of a field as the form writes it. */
export function fieldName(field: string): string {
  return Object.hasOwn(operations.form.fields, field) ? (operations.form.fields[field] ?? field) : field;
}
