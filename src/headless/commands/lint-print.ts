/** What `lint` prints: findings by severity for people, or everything as JSON. */
import type { NotEvaluated } from '../../shared/lint.ts';
import type { Finding } from '../../shared/model.ts';

/** The findings of one account. */
export interface LintedAccount {
  readonly account: string;
  readonly tunnels: number;
  /** With the name of the tunnel; empty for what is about the account. */
  readonly findings: readonly (Finding & { readonly name: string })[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** What could not be asked: sentences. */
  readonly problems: readonly string[];
}

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

const HEADINGS: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Worth knowing' };
const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

function entry({ name, rule, evidence, grouping, why, fix, source }: LintedAccount['findings'][number]): string[] {
  return [
    `  ${name === '' ? '' : `${name}: `}${evidence}  [${rule}]`,
    ...(grouping === null ? [] : [`    Grouped by: ${grouping}`]),
    `    ${why}`,
    `    Fix: ${fix}`,
    `    ${source}`,
  ];
}

function missing(all: readonly NotEvaluated[], verbose: boolean): string[] {
  if (all.length === 0) return [];
  const rules = new Set(all.map(({ rule }) => rule)).size;
  const were = rules === 1 ? 'was' : 'were';
  const heading = `${count(rules, 'rule')} ${were} not evaluated on all tunnels, because the API did not say what they look at`;
  if (!verbose) return [`${heading}; --verbose lists them.`];
  const lines = all.map(({ rule, tunnels, because }) => {
    const where = tunnels === 0 ? 'the account' : count(tunnels, 'tunnel');
    return `  ${rule}: ${where}. ${because}`;
  });
  return [`${heading}:`, ...lines];
}

/** The lines for people. */
export function lintText(
  { account, tunnels, findings, notEvaluated, problems }: LintedAccount,
  verbose: boolean,
): string[] {
  const parts = SEVERITIES.flatMap((severity) => {
    const these = findings.filter((finding) => finding.severity === severity);
    return these.length === 0 ? [] : [HEADINGS[severity], ...these.flatMap(entry), ''];
  });
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const found = `${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}, ${of('info')} worth knowing`;
  const summary = `${account}: ${count(tunnels, 'tunnel')}, ${findings.length === 0 ? 'nothing found' : found}.`;
  return [...problems, ...parts, ...missing(notEvaluated, verbose), summary];
}
