/** Tags of tunnels: `#word` in the description, and those that the settings give. */
import type { Subject } from '../../shared/alerts.ts';
import type { AccountId, BoardRow } from '../../shared/model.ts';
import type { AlertConfig, TunnelView, World } from './contract.ts';
import { compile, labelsOfSubject } from './match.ts';

/** A tag in a description: `#lab`, `#site-a`; not the number of a ticket. */
const IN_TEXT = /(?:^|\s)#([\p{L}][\p{L}\p{N}_-]{0,39})/gu;

/** The tags that somebody wrote into a description, in lower case. */
export function tagsIn(description: string | null): readonly string[] {
  return description === null ? [] : [...description.matchAll(IN_TEXT)].map(([, tag = '']) => tag.toLowerCase());
}

/** What tags are found by. */
export type Taggable = Pick<
  BoardRow,
  'key' | 'accountId' | 'name' | 'description' | 'site' | 'cloudflareEndpoint' | 'customerEndpoint'
>;

/** A tunnel as a subject of alerts. */
export function tunnelSubject(row: Taggable, account: string, tags: readonly string[]): Subject {
  const { accountId, key, name, cloudflareEndpoint, customerEndpoint } = row;
  const site = row.site?.name ?? null;
  return { kind: 'tunnel', accountId, account, key, name, site, cloudflareEndpoint, customerEndpoint, tags };
}

/** Tells the tags of tunnels: those written into the description, then those that the settings give. */
export function tagger(
  config: Pick<AlertConfig, 'tags'>,
  nameOf: (id: AccountId) => string,
): (tunnel: Taggable) => readonly string[] {
  const rules = config.tags.map(({ tag, matchers }) => ({ tag: tag.toLowerCase(), fits: compile(matchers) }));
  return (tunnel) => {
    const written = tagsIn(tunnel.description);
    const labels = labelsOfSubject(tunnelSubject(tunnel, nameOf(tunnel.accountId), written));
    const given = rules.filter(({ fits }) => fits(labels)).map(({ tag }) => tag);
    return [...new Set([...written, ...given])];
  };
}

/** The same world, its tunnels with their tags. */
export function withTags(world: World, config: Pick<AlertConfig, 'tags'>, nameOf: (id: AccountId) => string): World {
  const find = tagger(config, nameOf);
  // Rows are replaced, never changed: what was found for a row stays true.
  const known = new WeakMap<BoardRow, readonly string[]>();
  const tagsOf = (row: BoardRow): readonly string[] => {
    const found = known.get(row);
    if (found !== undefined) return found;
    const tags = find(row);
    known.set(row, tags);
    return tags;
  };
  const tagged = (view: TunnelView): TunnelView => ({ ...view, tags: tagsOf(view.row) });
  return {
    tunnel(key) {
      const view = world.tunnel(key);
      return view === null ? null : tagged(view);
    },
    *tunnels(accountId) {
      for (const view of world.tunnels(accountId)) yield tagged(view);
    },
    accounts: () => world.accounts(),
    store: () => world.store(),
  };
}
