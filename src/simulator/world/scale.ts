/** Makes a world larger or smaller than its scenario says, by repeating or leaving out sites and accounts. */
import type { AccountSpec, SiteSpec } from '../scenario.ts';

export interface SiteCopy {
  readonly site: SiteSpec;
  readonly tunnels: number;
  /** 0 for the site as written. */
  readonly copy: number;
}

/** The sites of one account, repeated (`ams1`, `ams11`, `ams21`, …) or cut until they have `wanted` tunnels. */
export function siteCopies(sites: readonly SiteSpec[], wanted: number | undefined): SiteCopy[] {
  const natural = sites.map((site) => ({ site, tunnels: site.tunnels ?? 2, copy: 0 }));
  if (wanted === undefined) return natural;
  const result: SiteCopy[] = [];
  let left = wanted;
  const step = 10 ** String(Math.max(...sites.map(({ code }) => numberOf(code)))).length;
  for (let copy = 0; left > 0 && sites.length > 0; copy++) {
    for (const site of sites) {
      const tunnels = Math.min(left, site.tunnels ?? 2);
      if (tunnels <= 0) break;
      result.push({
        site: copy === 0 ? site : { ...site, code: `${stemOf(site.code)}${copy * step + numberOf(site.code)}` },
        tunnels,
        copy,
      });
      left -= tunnels;
    }
  }
  return result;
}

function stemOf(code: string): string {
  return code.replace(/\d+$/, '');
}

function numberOf(code: string): number {
  return Number(/\d+$/.exec(code)?.[0] ?? 0);
}

/** The accounts of a scenario, repeated under numbered names or cut. */
export function accountCopies(specs: readonly AccountSpec[], wanted: number | undefined): AccountSpec[] {
  return Array.from({ length: wanted ?? specs.length }, (_, index) => {
    const spec = specs[index % specs.length];
    if (spec === undefined) throw new Error('a scenario needs an account');
    return index < specs.length ? spec : { ...spec, name: `${spec.name} ${Math.floor(index / specs.length) + 1}` };
  });
}
