/** Sites by number, for scenarios that are about size. */
import type { AccountSpec, SiteSpec } from '../scenario.ts';

const CITIES = [
  ['ams', 'Amsterdam'],
  ['arn', 'Stockholm'],
  ['bcn', 'Barcelona'],
  ['cdg', 'Paris'],
  ['dfw', 'Dallas'],
  ['ewr', 'Newark'],
  ['fra', 'Frankfurt'],
  ['hkg', 'Hong Kong'],
  ['lax', 'Los Angeles'],
  ['lhr', 'London'],
  ['mad', 'Madrid'],
  ['mxp', 'Milan'],
  ['nrt', 'Tokyo'],
  ['ord', 'Chicago'],
  ['sin', 'Singapore'],
  ['syd', 'Sydney'],
  ['vie', 'Vienna'],
  ['waw', 'Warsaw'],
] as const;

const CARRIERS = ['Nordlink', 'Metrofiber', 'Albion Transit', 'Lakeland', 'Pacific Loop'] as const;

/** `count` sites with a pair of tunnels each, two carriers in turn, every seventh without BGP. */
function sites(count: number): SiteSpec[] {
  return Array.from({ length: count }, (_, i) => {
    const [code, city] = CITIES[i % CITIES.length] ?? CITIES[0];
    const round = Math.floor(i / CITIES.length) + 1;
    const carriers = [CARRIERS[i % CARRIERS.length] ?? CARRIERS[0], CARRIERS[(i + 1) % CARRIERS.length] ?? CARRIERS[1]];
    return { code: `${code}${round}`, city: `${city} ${round}`, carriers, bgp: i % 7 === 6 ? 'off' : 'on' };
  });
}

export function largeAccount(name: string, siteCount: number): AccountSpec {
  return {
    name,
    cloudflareEndpoints: ['162.159.68.17', '162.159.75.81'],
    colos: ['AMS', 'FRA', 'LHR', 'EWR', 'LAX', 'SIN'],
    sites: sites(siteCount),
  };
}
