import type { Scenario } from '../scenario.ts';

/**
 * A freight company with two accounts. Seven days of past with stories to find, then a live part in which every state
 * shows within about three minutes and which goes on for as long as one looks: the periods have no common rhythm.
 */
export const practice = {
  name: 'practice',
  title: 'A company of 30 tunnels: a week of stories, then every state within three minutes',
  accounts: [
    {
      name: 'Halden Freight',
      cloudflareEndpoints: ['162.159.66.17', '162.159.70.49'],
      colos: ['AMS', 'FRA', 'LHR', 'CDG', 'WAW', 'SIN'],
      sites: [
        { code: 'ams1', city: 'Amsterdam', carriers: ['Nordlink', 'Metrofiber'], tunnels: 4 },
        { code: 'fra1', city: 'Frankfurt', carriers: ['Metrofiber', 'Rheinnet'] },
        { code: 'lhr1', city: 'London', carriers: ['Albion Transit', 'Metrofiber'], md5Key: 'halden-lhr-2024' },
        { code: 'cdg1', city: 'Paris', carriers: ['Hexanet'] },
        { code: 'arn1', city: 'Stockholm', carriers: ['Nordlink'] },
        { code: 'waw1', city: 'Warsaw', carriers: ['Wisla Telekom'], siteName: '' },
        { code: 'mxp1', city: 'Milan', carriers: ['Lombardia Fibra'], bgp: 'unreported' },
        { code: 'vie1', city: 'Vienna', carriers: ['Donaunet'], bgp: 'off' },
        { code: 'sin1', city: 'Singapore', carriers: ['Straits Link', 'Temasek Fibre'], standby: true },
      ],
    },
    {
      name: 'Halden Americas',
      cloudflareEndpoints: ['162.159.81.17', '162.159.88.113'],
      colos: ['EWR', 'IAD', 'ORD', 'DFW', 'LAX', 'GRU'],
      sites: [
        { code: 'ewr1', city: 'Newark', carriers: ['Hudson Wave', 'Lakeland'] },
        { code: 'ord1', city: 'Chicago', carriers: ['Lakeland'], standby: true },
        { code: 'dfw1', city: 'Dallas', carriers: ['Lone Star Fiber'] },
        { code: 'lax1', city: 'Los Angeles', carriers: ['Pacific Loop'], bgp: 'off' },
        { code: 'gru1', city: 'São Paulo', carriers: ['Paulista Net'] },
      ],
    },
  ],
  incidents: [
    // How things are.
    { what: 'stale-psk', who: { tunnel: 'waw1-tun-a' }, age: '131d' },
    { what: 'stale-psk', who: { site: 'mxp1' }, age: '238d' },
    { what: 'stale-psk', who: { tunnel: 'gru1-tun-b' }, age: '431d' },
    { what: 'missing-psk', who: { tunnel: 'lax1-tun-b' } },
    { what: 'misconfigured', who: { tunnel: 'arn1-tun-b' }, set: { 'health_check.enabled': false } },
    { what: 'misconfigured', who: { tunnel: 'vie1-tun-a' }, set: { 'health_check.type': 'reply' } },
    { what: 'misconfigured', who: { tunnel: 'gru1-tun-a' }, set: { replay_protection: true } },
    { what: 'misconfigured', who: { tunnel: 'dfw1-tun-a' }, unset: ['customer_endpoint'] },
    { what: 'health-silent', who: { tunnel: 'vie1-tun-b' } },
    { what: 'rekey-dips', who: { share: 0.6 }, from: '-8d', every: '8h', spread: '8h' },

    // The last seven days.
    { what: 'rekey-dips', who: { account: 'Halden Freight' }, from: '-6d20h', every: '7d', spread: '4m' },
    { what: 'bgp-auth-mismatch', who: { tunnel: 'ord1-tun-b' }, from: '-6d4h', for: '1h20m' },
    { what: 'renamed', who: { tunnel: 'waw1-tun-b' }, from: '-5d3h', to: 'waw1-tun-b-lte' },
    { what: 'endpoint-outage', who: { account: 'Halden Freight', endpoint: 1 }, from: '-4d6h', for: '22m' },
    { what: 'psk-rotated', who: { tunnel: 'fra1-tun-a' }, from: '-3d9h', mismatch: '7m' },
    { what: 'carrier-outage', who: { carrier: 'Nordlink' }, from: 'Tue 22:10', for: '3h10m' },
    { what: 'config-changed', who: { tunnel: 'lhr1-tun-a' }, from: '-2d5h', set: { replay_protection: true } },
    { what: 'flapping', who: { tunnel: 'lhr1-tun-a' }, from: '-2d4h56m', for: '52m' },
    { what: 'config-changed', who: { tunnel: 'lhr1-tun-a' }, from: '-2d4h', set: { replay_protection: false } },
    { what: 'colo-degraded', who: { site: ['gru1', 'dfw1'] }, colos: ['GRU'], from: '-1d12h', for: '5h' },
    { what: 'recreated', who: { tunnel: 'sin1-tun-a' }, from: '-1d7h', gap: '6m' },
    { what: 'tunnel-down', who: { tunnel: 'gru1-tun-a' }, from: '-18h', for: '35m' },
    { what: 'bgp-stuck-establishing', who: { tunnel: 'cdg1-tun-a' }, from: '-9h', for: '40m' },

    // From now on.
    { what: 'colo-degraded', who: { site: 'lhr1' }, colos: ['FRA', 'CDG'], from: '-1m', for: '5m', every: '19m' },
    { what: 'flapping', who: { tunnel: 'dfw1-tun-b' }, from: '5s', for: '12m', every: '37m' },
    { what: 'bgp-stuck-establishing', who: { tunnel: 'cdg1-tun-b' }, from: '15s', for: '6m', every: '23m' },
    { what: 'carrier-outage', who: { carrier: 'Lakeland' }, from: '20s', for: '4m', every: '31m' },
    { what: 'bgp-auth-mismatch', who: { tunnel: 'lhr1-tun-b' }, from: '35s', for: '5m', every: '43m' },
    {
      what: 'misconfigured',
      who: { tunnel: 'arn1-tun-a' },
      from: '50s',
      for: '3m',
      every: '41m',
      set: { 'bgp_status.state': 'BGP_GRACEFUL_RESTART' },
    },
    {
      what: 'config-changed',
      who: { tunnel: 'sin1-tun-b' },
      from: '70s',
      every: '29m',
      set: { 'health_check.rate': 'low' },
    },
    { what: 'psk-rotated', who: { tunnel: 'fra1-tun-b' }, from: '90s', every: '53m', mismatch: '100s' },
    { what: 'renamed', who: { tunnel: 'ewr1-tun-b' }, from: '2m', for: '10m', every: '47m', to: 'ewr1-tun-b-new' },
    { what: 'recreated', who: { tunnel: 'ams1-tun-d' }, from: '2m30s', every: '59m' },
    { what: 'endpoint-outage', who: { account: 'Halden Freight', endpoint: 1 }, from: '11m', for: '6m', every: '67m' },
    { what: 'tunnel-down', who: { tunnel: 'waw1-tun-a' }, from: '26m', for: '5m', every: '61m' },
  ],
  faults: [
    { kind: 'status', status: 502, from: '-3d2h', for: '25m' },
    { kind: 'hang', match: 'graphql', account: 'Halden Freight', from: '-1d20h', for: '12m' },
    { kind: 'status', status: 503, account: 'Halden Americas', from: '7m', for: '3m', every: '45m' },
  ],
} satisfies Scenario;
