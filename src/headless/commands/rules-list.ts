/** `rules list`: every rule of alerting with what it looks at, why, its source and its settings, as Markdown. */
import { ruleViews } from '../../engine/alerts/rules/catalogue.ts';
import { alertConfig } from '../../engine/settings/alert-config.ts';
import { formatDuration } from '../../engine/settings/duration.ts';
import { emptySettings } from '../../engine/settings/load.ts';
import type { RuleView } from '../../shared/alerts.ts';
import { EXIT, say, type Terminal } from '../terminal.ts';
import { requireSettings } from './config.ts';

const time = (ms: number): string => (ms === 0 ? 'at once' : formatDuration(ms));

function entry({ rule, title, what, why, source, next, enabled, severity, pendingMs, recoverMs }: RuleView): string[] {
  return [
    `## ${title}`,
    '',
    `\`${rule}\` · ${enabled ? severity : 'off'} · pending ${time(pendingMs)} · recovers after ${time(recoverMs)}`,
    '',
    `${what} ${why}`,
    '',
    ...next.map((step, index) => `${index + 1}. ${step}`),
    '',
    `Source: ${source}`,
    '',
  ];
}

/** The page of rules, for these settings or for the defaults. */
export function rulesPage(views: readonly RuleView[]): string {
  return [
    '# Rules of alerting',
    '',
    'Printed by `tunnelwatch rules list`. Every figure is a default: rules are set as a whole, and by account, site, tag and tunnel, see',
    '[alerts.yaml](alerts.yaml). Where a rule looks at answers, pending is measured between answers, so nothing is told after a single look.',
    '',
    ...views.flatMap(entry),
  ].join('\n');
}

/** Prints the page. */
export async function listRules(config: string | undefined, terminal: Terminal): Promise<number> {
  const settings = config === undefined ? emptySettings() : await requireSettings(config);
  say(terminal.out, rulesPage(ruleViews(alertConfig(settings))).trimEnd());
  return EXIT.done;
}
