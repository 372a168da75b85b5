/** The sites of an account's tunnels, as far as health results tell them. */
import type { Site, TunnelKey } from '../../shared/model.ts';
import type { Entry } from './entry.ts';
import { nameStem, siteOf, sitesByStem } from './site.ts';

export class SiteBook {
  /** Sites that Cloudflare reports, by the stem of the tunnels' names. */
  #stemSites: ReadonlyMap<string, string> = new Map();

  of({ tunnel, siteName }: Pick<Entry, 'tunnel' | 'siteName'>): Site | null {
    const stem = nameStem(tunnel.name);
    const kin = stem === null ? null : (this.#stemSites.get(stem) ?? null);
    return siteOf(tunnel.name, siteName, kin);
  }

  /** Sites were reported anew. Returns the tunnels whose site reads differently than in their row. */
  settle(entries: ReadonlyMap<TunnelKey, Entry>, inRow: (key: TunnelKey) => Site | null): TunnelKey[] {
    const named = [...entries.values()].map(({ tunnel, siteName }) => ({ name: tunnel.name, reported: siteName }));
    this.#stemSites = sitesByStem(named);
    return [...entries].flatMap(([key, entry]) => {
      const before = inRow(key);
      const now = this.of(entry);
      return before?.name === now?.name && before?.source === now?.source ? [] : [key];
    });
  }
}
