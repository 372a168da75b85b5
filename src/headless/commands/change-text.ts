/** Plans and outcomes as lines for a terminal. Pure; no line holds a secret. */
import type { FieldProblem, OperationOutcome, OperationPlan } from '../../shared/operations.ts';

const WHAT: Readonly<Record<OperationPlan['kind'], string>> = {
  create: 'create a tunnel',
  update: 'change a tunnel',
  'bulk-update': 'change several tunnels',
  delete: 'delete a tunnel',
  'psk-generate': 'generate a new key',
  'psk-set': 'set keys',
};

/** A value on one line: a description of several could pass for further changes. */
const inline = (value: string | null): string => (value === null ? '–' : value.replace(/\s*[\r\n]\s*/g, ' ⏎ '));

/** What would happen, field by field, with what should be known before. */
export function planLines(plan: OperationPlan): readonly string[] {
  const lines = [`Plan for ${plan.account}: ${WHAT[plan.kind]}.`];
  for (const { name, changes } of plan.diffs) {
    lines.push(`  ${name}`);
    const width = Math.max(0, ...changes.map(({ field }) => field.length)) + 2;
    for (const { field, before, after } of changes) {
      lines.push(`    ${field.padEnd(width)}${inline(before)} → ${inline(after)}`);
    }
  }
  for (const warning of plan.warnings) lines.push(`! ${warning}`);
  for (const { rule, severity, evidence } of plan.causes) lines.push(`+ ${severity} ${rule}: ${evidence}`);
  for (const { rule, evidence } of plan.solves) lines.push(`- ends ${rule}: ${evidence}`);
  return lines;
}

/** `healthCheck.target: Cloudflare says: …`. */
export function problemLines(problems: readonly FieldProblem[], nameOf: (key: string) => string): readonly string[] {
  return problems.map(({ key, field, value, sentence }) => {
    const where = [key === null ? null : nameOf(key), field].filter((part) => part !== null).join(' ');
    const what = value == null ? '' : ` (${value})`;
    return `  ${where === '' ? '' : `${where}${what}: `}${sentence}`;
  });
}

/** What became of it; each tunnel by itself where there are several. */
export function outcomeLines(outcome: OperationOutcome): readonly string[] {
  const each = outcome.tunnels.length > 1 ? outcome.tunnels.map(({ sentence }) => `  ${sentence}`) : [];
  return [outcome.sentence, ...each, ...(outcome.cfRay === null ? [] : [`cf-ray ${outcome.cfRay}`])];
}
