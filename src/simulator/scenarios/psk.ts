import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const psk = {
  name: 'psk',
  title: 'Pre-shared keys of every age, two that are missing, and rotations, one of them with a router left behind',
  accounts: [COMPANY],
  incidents: [
    { what: 'stale-psk', who: { tunnel: 'ams1-tun-a' }, age: '95d' },
    { what: 'stale-psk', who: { tunnel: 'ams1-tun-b' }, age: '179d23h58m' },
    { what: 'stale-psk', who: { site: 'fra1' }, age: '260d' },
    { what: 'stale-psk', who: { tunnel: 'lhr1-tun-a' }, age: '364d23h57m' },
    { what: 'stale-psk', who: { tunnel: 'lhr1-tun-b' }, age: '801d' },
    { what: 'missing-psk', who: { tunnel: 'mad1-tun-b' }, form: 'empty' },
    { what: 'missing-psk', who: { tunnel: 'lis1-tun-b' }, form: 'absent' },
    { what: 'psk-rotated', who: { tunnel: 'ams1-tun-c' }, from: '2m' },
    { what: 'psk-rotated', who: { tunnel: 'mad1-tun-a' }, from: '3m', every: '40m', mismatch: '4m' },
  ],
} satisfies Scenario;
