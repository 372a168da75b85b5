/** `lint --rules`: the catalogue of lint as Markdown, a table for each family. `docs/lint-rules.md` is what it prints. */
import { CATALOGUE } from '../../engine/lint/catalogue/catalogue.ts';
import { exampleInWords } from '../../engine/lint/catalogue/example.ts';
import type { CatalogueRule } from '../../engine/lint/catalogue/rule.ts';
import { LINT_FAMILIES, type LintFamily } from '../../shared/lint.ts';

const FAMILIES: Readonly<Record<LintFamily, string>> = {
  psk: 'Pre-shared keys',
  'health-checks': 'Health checks',
  addressing: 'Addressing',
  'identity-and-crypto': 'Identity, naming, crypto',
  bgp: 'BGP',
  redundancy: 'Redundancy',
  topology: 'Topology',
};

/** Text inside a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

function row({ id, severity, title, reads, why, fix, basis, source, examples }: CatalogueRule): string {
  const fields = reads.map((field) => `\`${field}\``).join(', ');
  const shown = `Triggers: ${exampleInWords(examples.triggers)}.<br>Quiet: ${exampleInWords(examples.quiet)}.`;
  const cells = [`\`${id}\``, severity, title, fields, why, fix, `[${basis}](${source})`, shown];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function table(family: LintFamily): string[] {
  return [
    `## ${FAMILIES[family]}`,
    '',
    '| rule | severity | what | looks at | why | fix | rests on | examples |',
    '|---|---|---|---|---|---|---|---|',
    ...CATALOGUE.filter((rule) => rule.family === family).map(row),
    '',
  ];
}

/** The page of rules. */
export function lintRulesPage(): string {
  return [
    '# Rules of lint',
    '',
    `Printed by \`tunnelwatch lint --rules\`: ${CATALOGUE.length} rules. The severity is the usual one; where it depends on the case, the finding tells its own.`,
    'A field that the API does not report is not evaluated, and never counts as well. A rule rests on a documented fact, on the published',
    'schema of the API, or on experience (heuristic). Rules over groups say how the tunnels were grouped: by redundancy group, else by a',
    '`#site-…` tag in the description, else by the site that Cloudflare reports, else by customer endpoint, else by the stem of the name.',
    '',
    'Examples tell what differs from a sound account of one site with two tunnels, `ams-tun-a` and `ams-tun-b`, on 20 November 2026.',
    '',
    ...LINT_FAMILIES.flatMap(table),
  ].join('\n');
}
