/** `/healthz`: whether we see, not whether the tunnels are well. */
import type { AccountStatus, EngineStatus, Millis } from '../shared/model.ts';

/** Worst last. `no-accounts` and `starting` are not seeing either. */
const SIGHTS = ['seeing', 'no-accounts', 'starting', 'stale', 'blind'] as const;
export type Sight = (typeof SIGHTS)[number];

/** How one account is seen. Ages are seconds. */
export interface AccountHealth {
  readonly id: string;
  readonly name: string;
  readonly status: Sight;
  /** Since the last good list of tunnels; `null` when there was none yet. */
  readonly lastSuccessAgeSeconds: number | null;
  readonly lastHealthAgeSeconds: number | null;
  readonly tunnels: number;
  /** One sentence when something is wrong. */
  readonly reason: string | null;
}

export interface Health {
  /** The worst of the accounts. */
  readonly status: Sight;
  readonly version: string;
  readonly practice: boolean;
  readonly accounts: readonly AccountHealth[];
  readonly store: { readonly mode: 'disk' | 'memory'; readonly problem: string | null };
}

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 100) / 10);

/** Green is recent: an account that says `seeing` with an old success is stale. */
export function sightOf(account: AccountStatus): Sight {
  if (account.phase === 'blind') return 'blind';
  if (account.phase === 'starting' || account.listAgeMs === null) return 'starting';
  return account.listAgeMs > account.staleAfterMs ? 'stale' : 'seeing';
}

/** How far our clock is from Cloudflare's, in a sentence; `null` while they agree. */
export function clockWords(aheadMs: Millis | undefined): string | null {
  if (aheadMs === undefined) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return `The clock of this machine is ${minutes} min ${aheadMs > 0 ? 'behind' : 'ahead of'} Cloudflare's.`;
}

function reasonOf(account: AccountStatus, sight: Sight): string | null {
  if (account.blind !== null) return account.blind.fault.sentence;
  if (sight === 'stale') return `The last answer is older than ${seconds(account.staleAfterMs)} s.`;
  return account.healthBlind?.fault.sentence ?? clockWords(account.clockAheadMs);
}

/** What `/healthz` says, out of the status of the engine. */
export function healthOf(status: EngineStatus): Health {
  const accounts = status.accounts.map((account): AccountHealth => {
    const sight = sightOf(account);
    return {
      id: account.id,
      name: account.name,
      status: sight,
      lastSuccessAgeSeconds: seconds(account.listAgeMs),
      lastHealthAgeSeconds: seconds(account.healthAgeMs),
      tunnels: account.tunnels,
      reason: reasonOf(account, sight),
    };
  });
  const worst = Math.max(accounts.length === 0 ? 1 : 0, ...accounts.map((account) => SIGHTS.indexOf(account.status)));
  return {
    status: SIGHTS[worst] ?? 'blind',
    version: status.version,
    practice: status.practice,
    accounts,
    store: { mode: status.store.mode, problem: status.store.problem },
  };
}

/** What a probe without the access token may know: no names, no ids, no sentences. */
export function briefHealth(health: Health): object {
  return {
    status: health.status,
    accounts: health.accounts.map(({ status, lastSuccessAgeSeconds }) => ({ status, lastSuccessAgeSeconds })),
  };
}
