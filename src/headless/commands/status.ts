/** `status`: asks a running host and says in words what is wrong. */

import { systemClock } from '../../engine/clock.ts';
import { readSecret } from '../../engine/credentials/secret.ts';
import { keychainVault } from '../../engine/credentials/vault.ts';
import type { AccountStatus, BoardRow, Lane, LaneState, LaneValues } from '../../shared/model.ts';
import { askHost, type HostAnswer } from '../ask-host.ts';
import type { AccountHealth } from '../health.ts';
import { EXIT, say, type Terminal } from '../terminal.ts';
import { requireSettings } from './config.ts';

export interface StatusOptions {
  readonly config?: string;
  readonly url?: string;
  readonly json?: boolean;
}

/** Exit codes of `status`. */
export const STATUS_EXIT = { ok: 0, down: 1, blind: 2 } as const;

/** Where to ask, and with which access token. The options win over the environment, and both over the usual address. */
async function target(options: StatusOptions, env: NodeJS.ProcessEnv): Promise<{ url: string; token: string | null }> {
  const given = env.TUNNELWATCH_TOKEN ?? null;
  if (options.config === undefined) return { url: options.url ?? 'http://127.0.0.1:8484', token: given };
  const { server } = await requireSettings(options.config);
  const name = server.host === '0.0.0.0' || server.host === '::' ? '127.0.0.1' : server.host;
  const url = options.url ?? `http://${name.includes(':') ? `[${name}]` : name}:${server.port}`;
  if (server.token === undefined) return { url, token: given };
  const secret = await readSecret(server.token, { env, vault: keychainVault(systemClock()) });
  return { url, token: secret.ok ? secret.value.value : given };
}

/** `14 min`, `3 h 5 min`, `2 d 4 h`. */
export function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What each troubled value of a lane is called; values that are no trouble are not here. */
const TROUBLE: { readonly [L in Lane]: { readonly [V in LaneValues[L]]?: string } } = {
  bgp: {
    down: 'BGP down',
    establishing: 'BGP establishing',
    unreported: 'BGP state not reported',
    unknown: 'BGP state unknown',
  },
  health: {
    down: 'health down',
    degraded: 'health degraded',
    disabled: 'health checks off',
    nodata: 'no health results',
  },
  psk: { due: 'PSK due', stale: 'PSK stale', missing: 'no PSK' },
  config: { error: 'configuration error', warning: 'configuration warning' },
};

function laneWords<L extends Lane>(lane: L, state: LaneState<L>, now: number): string[] {
  const word = TROUBLE[lane][state.value];
  if (word === undefined) return [];
  return [`${word} (${state.exact ? '' : 'over '}${inWords(now - state.since)})`];
}

/** BGP values that say whether a tunnel carries traffic. */
const BGP_SPEAKS: readonly string[] = ['up', 'establishing', 'down'] satisfies LaneValues['bgp'][];

/**
 * Why nobody can say whether the tunnel is up: its BGP session says nothing, and health was not read, or too long ago.
 * `null` when somebody can, or when its lanes say themselves that they do not know.
 */
export function unseenBecause({ lanes }: Pick<BoardRow, 'lanes'>, account: AccountStatus | undefined): string | null {
  const { value } = lanes.health;
  if (BGP_SPEAKS.includes(lanes.bgp.value) || value === 'disabled' || value === 'nodata') return null;
  const age = account?.healthAgeMs ?? null;
  if (age === null || value === 'unobserved') return 'health not read yet';
  return age < (account?.healthStaleAfterMs ?? 0) ? null : `health not read for ${inWords(age)}`;
}

/** What is wrong with a tunnel, or an empty text. */
export function rowTrouble(row: BoardRow, now: number, account: AccountStatus | undefined): string {
  const { lanes, recovering, unreadable } = row;
  const parts = [
    ...laneWords('bgp', lanes.bgp, now),
    ...laneWords('health', lanes.health, now),
    ...laneWords('psk', lanes.psk, now),
    ...laneWords('config', lanes.config, now),
  ];
  const unseen = unseenBecause(row, account);
  if (unseen !== null) parts.push(unseen);
  if (recovering) parts.push('recovering');
  if (unreadable !== null) parts.push(`unreadable: ${unreadable}`);
  return parts.join(', ');
}

function accountLine(account: AccountHealth): string {
  const age =
    account.lastSuccessAgeSeconds === null
      ? 'no answer yet'
      : `last answer ${inWords(account.lastSuccessAgeSeconds * 1000)} ago`;
  const reason = account.reason === null ? '' : ` ${account.reason}`;
  return `${account.name}: ${account.status}, ${account.tunnels} ${account.tunnels === 1 ? 'tunnel' : 'tunnels'}, ${age}.${reason}`;
}

const ORDER = { critical: 0, unknown: 1, warning: 2, info: 3, ok: 4 } as const;

function table({ health, board }: HostAnswer): readonly string[] {
  const lines = health.accounts.map(accountLine);
  if (health.accounts.length === 0) lines.push('No accounts are configured.');
  const account = accountOf(board);
  const troubled = board.rows
    .map((row) => ({ row, words: rowTrouble(row, board.status.now, account(row)) }))
    .filter(({ words }) => words !== '')
    .sort((a, b) => ORDER[a.row.severity] - ORDER[b.row.severity] || a.row.name.localeCompare(b.row.name));
  const width = Math.max(0, ...troubled.map(({ row }) => row.name.length));
  for (const { row, words } of troubled) lines.push(`  ${row.severity.padEnd(8)}  ${row.name.padEnd(width)}  ${words}`);
  const well = board.rows.length - troubled.length;
  if (board.rows.length > 0) lines.push(`${well} of ${board.rows.length} tunnels ${well === 1 ? 'is' : 'are'} well.`);
  if (health.status !== 'seeing') lines.push(`What is said about tunnels may be old: the host is ${health.status}.`);
  if (health.store.problem !== null) lines.push(`History: ${health.store.problem}`);
  return lines;
}

function accountOf({ status }: HostAnswer['board']): (row: BoardRow) => AccountStatus | undefined {
  const accounts = new Map(status.accounts.map((account) => [account.id, account]));
  return (row) => accounts.get(row.accountId);
}

/** The worst that the answer says, as an exit code. Blindness outranks everything: old facts prove nothing. */
export function statusCode({ health, board }: HostAnswer): number {
  const account = accountOf(board);
  const unseen = board.rows.some((row) => unseenBecause(row, account(row)) !== null);
  if (health.status !== 'seeing' || unseen) return STATUS_EXIT.blind;
  return board.rows.some((row) => row.severity === 'critical') ? STATUS_EXIT.down : STATUS_EXIT.ok;
}

/** Prints how things are; resolves to one of `STATUS_EXIT`. */
export async function status(options: StatusOptions, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const { url, token } = await target(options, env);
  const answer = await askHost(url, token);
  if (!answer.ok) {
    if (options.json === true) say(terminal.out, JSON.stringify({ url, error: answer.error }));
    else say(terminal.error, `tunnelwatch: ${answer.error}`);
    return STATUS_EXIT.blind;
  }
  if (options.json === true) {
    const { health, board } = answer.value;
    say(terminal.out, JSON.stringify({ url, ...health, tunnels: board.rows }, null, 2));
  } else {
    for (const line of table(answer.value)) say(terminal.out, line);
  }
  return statusCode(answer.value);
}

export const STATUS_HELP = `
Exit codes: ${STATUS_EXIT.ok} nothing is critical, ${STATUS_EXIT.down} something is critical, ${STATUS_EXIT.blind} blind, stale or unreachable, be it for one tunnel (${EXIT.wrongInput} too for wrong input).`;
