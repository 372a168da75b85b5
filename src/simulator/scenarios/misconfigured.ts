import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const misconfigured = {
  name: 'misconfigured',
  title: 'Configurations that will not work, work badly, or cannot be read',
  accounts: [
    {
      ...COMPANY,
      beside: {
        gre: [{ name: 'gre-old-lhr1', on: 'lhr1-tun-a' }],
        // Left behind by a tunnel that is long gone.
        routes: [{ prefix: '10.77.0.0/16', nexthop: '10.99.99.99' }],
      },
    },
  ],
  incidents: [
    // Not a tunnel by the schema: it costs itself, not its neighbours.
    { what: 'misconfigured', who: { tunnel: 'lis1-tun-b' }, unset: ['interface_address'] },
    { what: 'misconfigured', who: { tunnel: 'lis1-tun-a' }, set: { 'health_check.rate': 'adaptive' } },
    { what: 'misconfigured', who: { tunnel: 'ams1-tun-a' }, set: { 'health_check.enabled': false } },
    {
      what: 'misconfigured',
      who: { tunnel: 'ams1-tun-b' },
      set: { replay_protection: true },
      unset: ['health_check.direction'],
    },
    { what: 'misconfigured', who: { tunnel: 'ams1-tun-c' }, set: { allow_null_cipher: true } },
    { what: 'misconfigured', who: { tunnel: 'ams1-tun-d' }, unset: ['health_check', 'bgp_status'] },
    { what: 'misconfigured', who: { tunnel: 'fra1-tun-a' }, set: { customer_endpoint: '192.168.1.1' } },
    { what: 'misconfigured', who: { tunnel: 'fra1-tun-b' }, set: { interface_address: '100.64.12.8/29' } },
    {
      what: 'misconfigured',
      who: { tunnel: 'lhr1-tun-a' },
      set: { 'bgp.customer_asn': 13335, 'health_check.type': 'reply' },
    },
    {
      what: 'misconfigured',
      who: { tunnel: 'lhr1-tun-b' },
      set: { 'health_check.direction': 'unidirectional', 'health_check.target': '10.20.30.40' },
    },
    { what: 'misconfigured', who: { tunnel: 'mad1-tun-a' }, set: { 'bgp_status.state': 'BGP_GRACEFUL_RESTART' } },
    {
      what: 'misconfigured',
      who: { tunnel: 'mad1-tun-b' },
      set: { 'bgp.extra_prefixes': ['10.9.0.0/16', '10.9.4.0/24'] },
    },
  ],
} satisfies Scenario;
