/** The world that most of these tests look at: each state once, by the name of its tunnel. Nothing in it needs waiting. */
import type { Scenario } from '../../src/simulator/index.ts';

const COLOS = ['AMS', 'FRA', 'LHR', 'CDG'] as const;

export const ONE_OF_EACH: Scenario = {
  name: 'one-of-each',
  title: 'Every state once',
  accounts: [
    {
      name: 'Harbour Foods',
      cloudflareEndpoints: ['162.159.66.17', '162.159.70.49'],
      colos: COLOS,
      sites: [
        { code: 'ams1', city: 'Amsterdam', carriers: ['Nordlink'] },
        { code: 'fra1', city: 'Frankfurt', carriers: ['Rheinnet'] },
        { code: 'lhr1', city: 'London', carriers: ['Albion Transit'] },
        { code: 'cdg1', city: 'Paris', carriers: ['Hexanet'] },
        { code: 'mxp1', city: 'Milan', carriers: ['Lombardia Fibra'], bgp: 'unreported' },
        { code: 'vie1', city: 'Vienna', carriers: ['Donaunet'], bgp: 'off' },
      ],
    },
    {
      name: 'Harbour Foods Americas',
      cloudflareEndpoints: ['162.159.81.17', '162.159.88.113'],
      colos: ['EWR', 'IAD', 'ORD'],
      sites: [
        { code: 'ewr1', city: 'Newark', carriers: ['Hudson Wave'] },
        { code: 'gru1', city: 'São Paulo', carriers: ['Paulista Net'] },
      ],
    },
  ],
  incidents: [
    { what: 'tunnel-down', who: { tunnel: 'fra1-tun-a' }, from: '-2h' },
    { what: 'bgp-down', who: { tunnel: 'lhr1-tun-a' }, from: '-40m' },
    { what: 'bgp-stuck-establishing', who: { tunnel: 'cdg1-tun-a' }, from: '-10m' },
    { what: 'colo-degraded', who: { tunnel: 'cdg1-tun-b' }, from: '-20m' },
    { what: 'health-silent', who: { tunnel: 'vie1-tun-b' } },
    { what: 'misconfigured', who: { tunnel: 'vie1-tun-a' }, set: { 'health_check.enabled': false } },
    { what: 'misconfigured', who: { tunnel: 'gru1-tun-a' }, set: { replay_protection: true } },
    { what: 'stale-psk', who: { tunnel: 'gru1-tun-b' }, age: '431d2h' },
    { what: 'stale-psk', who: { tunnel: 'ewr1-tun-b' }, age: '238d2h' },
    { what: 'missing-psk', who: { tunnel: 'mxp1-tun-b' } },
    // What happens while the page is open.
    // The line went before we came; the hold timer ends the session 10 to 40 s after.
    { what: 'bgp-down', who: { tunnel: 'ams1-tun-b' }, from: '-50s' },
  ],
};

/** Four accounts that will each have a fault of their own. */
export const FOUR_ACCOUNTS: Scenario = {
  name: 'four-accounts',
  title: 'Four small accounts',
  accounts: ['Refused', 'Hanging', 'Partly', 'Well'].map((name, i) => ({
    name: `${name} Ltd`,
    cloudflareEndpoints: ['162.159.66.17', '162.159.70.49'],
    colos: COLOS,
    sites: [{ code: `${name.toLowerCase()}1`, city: `City ${i + 1}`, carriers: ['Nordlink'] }],
  })),
  incidents: [
    { what: 'tunnel-down', who: { tunnel: 'hanging1-tun-b' }, from: '-2h' },
    { what: 'tunnel-down', who: { tunnel: 'well1-tun-b' }, from: '-2h' },
  ],
};
