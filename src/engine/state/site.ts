/**
 * Which site a tunnel belongs to. Cloudflare's own site name wins; without one the stem of the tunnel's name serves, since
 * operators name the halves of a pair alike ("ams1-tun-a", "ams1-tun-b").
 */
import type { Site } from '../../shared/model.ts';

/** What stands before the mark of a half: `-tun-`, `_ipsec`, `tunnel-`. A letter or a word needs it: `osaka` and `domain` have no halves. */
const KIND = 'tun(?:nel)?|ipsec|vpn|ike|wan|isp';
const HALF = new RegExp(
  `(?:[-_.](?:${KIND})?[-_.]?|(?:${KIND})[-_.]?)(?:[a-d]|pri(?:mary)?|sec(?:ondary)?|backup|main|left|right)$` +
    `|[-_.]?(?:${KIND})?[-_.]?\\d{1,2}$`,
  'i',
);

/** The stem of a tunnel's name: what is left without the part that tells the halves of a pair apart. */
export function nameStem(name: string): string | null {
  const stem = name.replace(HALF, '').replace(/[-_.]+$/, '');
  return stem.length >= 2 && stem !== name ? stem : null;
}

/**
 * The site of a tunnel, and how we know it; `null` when nothing tells. A tunnel without health results belongs where its
 * namesakes are: `kin` is the site that Cloudflare reports for tunnels of the same stem.
 */
export function siteOf(name: string, reported: string | null, kin: string | null = null): Site | null {
  if (reported !== null && reported !== '') return { name: reported, source: 'cloudflare' };
  const stem = nameStem(name);
  return stem === null ? null : { name: kin ?? stem, source: 'name' };
}

/** The reported site of each name stem; stems whose tunnels are reported at several sites are left out. */
export function sitesByStem(
  tunnels: Iterable<{ readonly name: string; readonly reported: string | null }>,
): Map<string, string> {
  const sites = new Map<string, string>();
  const torn = new Set<string>();
  for (const { name, reported } of tunnels) {
    const stem = nameStem(name);
    if (stem === null || reported === null || reported === '') continue;
    if ((sites.get(stem) ?? reported) !== reported) torn.add(stem);
    sites.set(stem, reported);
  }
  for (const stem of torn) sites.delete(stem);
  return sites;
}
