/** What the engine knows of the tunnels whose keys are planned and rotated. */
import type { AccountId, BoardRow, TunnelDetail, TunnelKey } from '../../shared/model.ts';
import type { Engine } from '../contract.ts';
import type { Surroundings } from '../lint/contract.ts';
import { type Group, groupsOf } from '../lint/grouping.ts';
import type { KeyFacts } from './outlook.ts';
import type { KeyPolicies } from './policies.ts';

/** The engine as the keys' desk sees it. */
export type KeysEngine = Pick<Engine, 'board' | 'tunnel' | 'watch'>;

/** What stands beside an account's list, where somebody has read it. */
export type Beside = (accountId: AccountId) => Pick<Surroundings, 'redundancyGroups' | 'gre' | 'interconnects'>;

const reported = ({ site }: BoardRow): string | null => (site?.source === 'cloudflare' ? site.name : null);

/** Every tunnel of the board with its policy. */
export function knownKeys(engine: KeysEngine, policies: KeyPolicies): readonly KeyFacts[] {
  return engine.board().rows.flatMap((row): KeyFacts[] => {
    const tunnel = engine.tunnel(row.key)?.tunnel;
    const site = row.site?.name ?? null;
    return tunnel === undefined ? [] : [{ tunnel, site, policy: policies.of(tunnel, site) }];
  });
}

/** The group of each tunnel of one account, as lint finds them too. */
export function groupsAround(engine: KeysEngine, accountId: AccountId, beside: Beside): ReadonlyMap<TunnelKey, Group> {
  const details = engine.board().rows.flatMap((row): TunnelDetail[] => {
    const detail = row.accountId === accountId ? engine.tunnel(row.key) : null;
    return detail === null ? [] : [detail];
  });
  const sites = new Map(details.map(({ row }) => [row.key, reported(row)]));
  const tunnels = details.map(({ tunnel }) => tunnel);
  return groupsOf(tunnels, beside(accountId), (key) => sites.get(key) ?? null);
}
