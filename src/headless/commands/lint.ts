/** `lint`: judges configurations once, those of an account or those of a saved answer, and tells by its exit code. */
import { systemClock } from '../../engine/clock.ts';
import { SURROUNDING_PARTS, type SurroundingParts } from '../../engine/cloudflare/surroundings.ts';
import { keychainVault } from '../../engine/credentials/vault.ts';
import { NOTHING_KNOWN, type Surroundings } from '../../engine/lint/contract.ts';
import { createLinter } from '../../engine/lint/linter.ts';
import { emptySettings } from '../../engine/settings/load.ts';
import { type OpenedAccount, openClients } from '../../engine/settings/open-clients.ts';
import type { Settings } from '../../engine/settings/schema.ts';
import type { AccountId, Instant, Tunnel } from '../../shared/model.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { requireSettings } from './config.ts';
import { FILE_ACCOUNT, tunnelsOfFile } from './lint-file.ts';
import { type LintedAccount, lintText, SEVERITIES, type Severity } from './lint-print.ts';
import { lintRulesPage } from './lint-rules.ts';

export interface LintOptions {
  readonly config?: string;
  readonly account?: string;
  readonly file?: string;
  readonly rules?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly failOn: Severity;
}

export const LINT_HELP = `
Exit codes: ${EXIT.done} nothing found at or above --fail-on, ${EXIT.failed} something was, ${EXIT.wrongInput} wrong arguments, settings or file, or Cloudflare
could not be asked. Rules that look at what the API did not tell are counted as not evaluated, never as passed.`;

const policyIn = ({ psk }: Settings) => ({ agingMs: psk.aging, dueMs: psk.due, staleMs: psk.stale });

function judge(
  account: string,
  accountId: AccountId,
  tunnels: readonly Tunnel[],
  { settings, surroundings, now }: { settings: Settings; surroundings: Surroundings; now: Instant },
): Omit<LintedAccount, 'problems'> {
  const policy = policyIn(settings);
  const linter = createLinter({ accountId, policyOf: () => policy });
  linter.apply({ now, changed: tunnels, surroundings });
  const own = tunnels.flatMap(({ key, name }) => linter.findings(key).map((finding) => ({ ...finding, name })));
  const beside = linter.accountFindings().map((finding) => ({ ...finding, name: '' }));
  const notEvaluated = linter.notEvaluated();
  return { account, tunnels: tunnels.length, findings: [...own, ...beside], notEvaluated };
}

/** What stands beside the list, part by part, and what could not be asked. */
async function readBeside({ settings, client }: OpenedAccount): Promise<{ beside: Surroundings; problems: string[] }> {
  const known: Partial<Record<keyof SurroundingParts, unknown>> = {};
  const problems: string[] = [];
  for (const part of SURROUNDING_PARTS) {
    const answer = await client.surrounding(settings.id, part);
    if (answer.ok) known[part] = answer.value;
    else problems.push(`${settings.name}: ${part} not read. ${answer.error.sentence}`);
  }
  const accountNumber = settings.number ?? null;
  return { beside: { ...NOTHING_KNOWN, ...(known as Partial<Surroundings>), accountNumber }, problems };
}

async function lintOpened(opened: OpenedAccount, settings: Settings, now: Instant): Promise<LintedAccount> {
  const { id, name } = opened.settings;
  const list = await opened.client.listTunnels(id);
  if (!list.ok) throw new UserError(`${name}: ${list.error.sentence}`, EXIT.wrongInput);
  const { beside, problems } = await readBeside(opened);
  const unreadable = list.value.unreadable.map(
    ({ name: which, reason }) => `${name}: ${which ?? 'a tunnel'}: ${reason}`,
  );
  const linted = judge(name, id, [...list.value.tunnels.values()], { settings, surroundings: beside, now });
  return { ...linted, problems: [...unreadable, ...problems] };
}

async function lintConfig(path: string, only: string | undefined, env: NodeJS.ProcessEnv): Promise<LintedAccount[]> {
  const settings = await requireSettings(path);
  const chosen = settings.accounts.filter(({ name, id }) => only === undefined || name === only || id === only);
  if (chosen.length === 0) {
    const which = only === undefined ? 'no accounts' : `no account ${only}`;
    throw new UserError(`${path} names ${which}.`, EXIT.wrongInput);
  }
  const clock = systemClock();
  const places = { env, vault: keychainVault(clock) };
  const clients = await openClients({ ...settings, accounts: chosen }, { clock, places, version: VERSION });
  if (!clients.ok) throw new UserError(clients.error, EXIT.wrongInput);
  try {
    const linted: LintedAccount[] = [];
    for (const account of clients.value.accounts) linted.push(await lintOpened(account, settings, clock.now()));
    return linted;
  } finally {
    await clients.value.transport.close();
  }
}

async function lintFile(path: string): Promise<LintedAccount[]> {
  const tunnels = await tunnelsOfFile(path);
  const world = { settings: emptySettings(), surroundings: NOTHING_KNOWN, now: systemClock().now() };
  return [{ ...judge(path, FILE_ACCOUNT, tunnels, world), problems: [] }];
}

/** Judges once; the exit code tells whether anything was found that is as grave as `--fail-on`. */
export async function lint(options: LintOptions, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const { config, file, rules = false, json = false, verbose = false, failOn } = options;
  if ([config !== undefined, file !== undefined, rules].filter(Boolean).length !== 1) {
    throw new UserError('Give one of --config, --file and --rules.', EXIT.wrongInput);
  }
  if (rules) {
    say(terminal.out, lintRulesPage().trimEnd());
    return EXIT.done;
  }
  const linted = config === undefined ? await lintFile(file ?? '') : await lintConfig(config, options.account, env);
  if (json) say(terminal.out, JSON.stringify({ accounts: linted }, null, 2));
  else for (const account of linted) for (const line of lintText(account, verbose)) say(terminal.out, line);
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return linted.some(({ findings }) => findings.some(({ severity }) => grave.includes(severity)))
    ? EXIT.failed
    : EXIT.done;
}
