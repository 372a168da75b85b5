/**
 * What a report of a fault should hold, and nothing that somebody would have to strike out first: tunnels are counted, ids
 * are shortened, addresses lose their paths, and whatever is as long as a token goes.
 */
import type { BoardMessage } from '../../shared/bridge.ts';
import type { AccountStatus, Fault } from '../../shared/model.ts';
import { formatDuration } from './duration.ts';
import type { Settings } from './schema.ts';

export interface DiagnosticsOptions {
  readonly board: BoardMessage;
  /** `null` when they cannot be read. */
  readonly settings: Settings | null;
  /** The last lines of the log, the oldest first. */
  readonly log: readonly string[];
}

/** Lines of the log that a report holds. */
const MOST_LINES = 100;

/** Whatever could be a secret or name a customer's account: tokens, ids, paths of addresses, the home folder. */
export function scrub(text: string): string {
  return text
    .replace(/\b([0-9a-f]{4})[0-9a-f]{24}([0-9a-f]{4})\b/gi, '$1…$2')
    .replace(/\b(https?:\/\/)(?:[^\s/@]*@)?([^\s/"'?#]+)[^\s"']*/g, '$1$2/…')
    .replace(/(\/home\/|\/Users\/|\\Users\\)[^/\\\s"']+/g, '$1…')
    .replace(/[A-Za-z0-9_+-]{30,}={0,2}/g, '•••');
}

const seconds = (ms: number | null): string => (ms === null ? 'never' : `${Math.round(ms / 1000)} s`);
const faultWords = (name: string, one: { readonly fault: Fault } | null): string[] =>
  one === null
    ? []
    : [
        `    ${name}: ${one.fault.kind}, status ${one.fault.status ?? '-'}, code ${one.fault.code ?? '-'}: ${one.fault.sentence}`,
      ];

function accountWords(account: AccountStatus): string[] {
  const { budget } = account;
  const said = budget.remainingSaid === null ? '' : `, ${budget.remainingSaid} left as Cloudflare says`;
  return [
    `  ${account.id}: ${account.phase}, ${account.tunnels} tunnels, ${account.unreadable.length} unreadable`,
    `    list ${seconds(account.listAgeMs)} old, each ${formatDuration(account.intervalMs)}; health ${seconds(account.healthAgeMs)} old, each ${formatDuration(account.healthIntervalMs)}`,
    `    requests in 5 minutes: ${budget.used} of ${budget.limit}${said}; held back for ${seconds(budget.blockedForMs ?? 0)}`,
    ...(account.clockAheadMs === undefined ? [] : [`    Cloudflare's clock is ${seconds(account.clockAheadMs)} ahead`]),
    ...faultWords('blind', account.blind),
    ...faultWords('failing', account.failing),
    ...faultWords('health', account.healthBlind),
  ];
}

function settingsWords(settings: Settings | null): string[] {
  if (settings === null) return ['Settings: cannot be read'];
  const { accounts, network, alerts } = settings;
  const places = accounts.map(({ token, key }) => Object.keys(token ?? key?.key ?? {})[0] ?? 'nowhere');
  return [
    `Settings: ${accounts.length} accounts (credentials in: ${places.join(', ') || '-'}), proxy ${network.proxy === undefined ? 'none' : 'set'}, authorities ${network.caFile === undefined ? 'of the system' : 'added'}`,
    `  alerts: ${alerts.sinks.length} sinks, ${alerts.routes?.length ?? 'default'} routes, ${alerts.overrides.length} overrides, ${alerts.maintenance.length} windows, ${alerts.quietHours.length} quiet hours`,
  ];
}

function alertingWords({ alerts }: BoardMessage): string[] {
  const { sinks, undelivered, storeProblem } = alerts.status;
  return [
    `Alerting: ${alerts.incidents.length} incidents, ${undelivered} undelivered, store ${storeProblem ?? 'well'}`,
    ...sinks.map(
      ({ type, state, waiting, lastAnswer }) =>
        `  ${type}: ${state}, ${waiting} waiting${lastAnswer === null ? '' : `, last answer: ${lastAnswer}`}`,
    ),
  ];
}

/** Lines of text, to be copied into a report. */
export function diagnosticsText({ board, settings, log }: DiagnosticsOptions): string {
  const { status, rows } = board;
  const { node, electron, chrome, sqlite } = process.versions;
  const paused = status.paused === undefined ? '' : ', paused';
  const lines = [
    `Tunnelwatch ${status.version}${status.practice ? ', practice mode' : ''}${paused}`,
    `System: ${process.platform} ${process.arch}, node ${node}, sqlite ${sqlite ?? '-'}, electron ${electron ?? '-'}, chrome ${chrome ?? '-'}`,
    `Up since ${new Date(status.startedAt).toISOString()}, now ${new Date(status.now).toISOString()}, memory ${Math.round(process.memoryUsage.rss() / 1_048_576)} MiB`,
    `History: ${status.store.mode}${status.store.problem === null ? '' : `: ${status.store.problem}`}`,
    `Board: ${rows.length} rows, ${rows.filter(({ severity }) => severity === 'critical').length} critical`,
    'Accounts:',
    ...status.accounts.flatMap(accountWords),
    ...settingsWords(settings),
    ...alertingWords(board),
    `Log, the last ${Math.min(MOST_LINES, log.length)} lines:`,
    ...log.slice(-MOST_LINES).map((line) => `  ${line.trimEnd()}`),
  ];
  return `${scrub(lines.join('\n'))}\n`;
}
