/** What each rule says of one subject and of several. */
import type { AlertRule } from '../../alerts.ts';

export interface RuleWords {
  readonly title: string;
  /** What one tunnel (site, account) does, and several: after their names. */
  readonly one: string;
  readonly many: string;
  /** The same when it is over. It says what was, never that all is well: a tunnel may have been deleted. */
  readonly was: string;
  readonly were: string;
  /** Short, for the line of one alert: `BGP down`. */
  readonly short: string;
}

const words = (title: string, short: string, one: string, many: string, was: string, were = was): RuleWords => ({
  title,
  short,
  one,
  many,
  was,
  were,
});

export const rules: Readonly<Record<AlertRule, RuleWords>> = {
  'site-isolated': words(
    'Site isolated',
    'no tunnel left',
    'is isolated: no tunnel is left',
    'are isolated: no tunnel is left',
    'was isolated',
    'were isolated',
  ),
  'bgp-down': words('BGP session down', 'BGP down', 'lost BGP', 'lost BGP', 'lost BGP'),
  'health-down': words(
    'Health checks fail',
    'health checks fail',
    'fails health checks',
    'fail health checks',
    'failed health checks',
  ),
  'bgp-stuck-establishing': words(
    'BGP session does not come up',
    'BGP does not come up',
    'cannot set up BGP',
    'cannot set up BGP',
    'could not set up BGP',
  ),
  'bgp-flapping': words('BGP session flaps', 'BGP flaps', 'has flapping BGP', 'have flapping BGP', 'had flapping BGP'),
  'tunnel-flapping': words(
    'Tunnel health flaps',
    'health flaps',
    'has flapping health',
    'have flapping health',
    'had flapping health',
  ),
  'redundancy-lost': words(
    'Redundancy lost',
    'one tunnel left',
    'runs on its last tunnel',
    'run on their last tunnel',
    'ran on its last tunnel',
    'ran on their last tunnel',
  ),
  'standby-down': words(
    'Standby down',
    'standby down',
    'is down on standby',
    'are down on standby',
    'was down on standby',
    'were down on standby',
  ),
  'health-degraded': words(
    'Health degraded',
    'health degraded',
    'is degraded',
    'are degraded',
    'was degraded',
    'were degraded',
  ),
  'bgp-inconsistent': words(
    'BGP record contradicts itself',
    'BGP record contradicts itself',
    'has a BGP record that contradicts itself',
    'have BGP records that contradict themselves',
    'had a BGP record that contradicted itself',
    'had BGP records that contradicted themselves',
  ),
  'psk-missing': words('No pre-shared key', 'no PSK reported', 'has no PSK', 'have no PSK', 'had no PSK'),
  'psk-stale': words(
    'Pre-shared key too old',
    'PSK too old',
    'has a PSK that is too old',
    'have PSKs that are too old',
    'had a PSK that was too old',
    'had PSKs that were too old',
  ),
  'psk-due': words(
    'Pre-shared key due for rotation',
    'PSK due for rotation',
    'has a PSK that is due for rotation',
    'have PSKs that are due for rotation',
    'had a PSK that was due for rotation',
    'had PSKs that were due for rotation',
  ),
  misconfiguration: words(
    'Misconfiguration',
    'misconfigured',
    'is misconfigured',
    'are misconfigured',
    'was misconfigured',
    'were misconfigured',
  ),
  'tunnel-disappeared': words(
    'Tunnel disappeared',
    'disappeared from the account',
    'disappeared',
    'disappeared',
    'had disappeared',
  ),
  'tunnel-recreated': words(
    'Tunnel recreated',
    'recreated under a new id',
    'was recreated under a new id',
    'were recreated under new ids',
    'was recreated under a new id',
    'were recreated under new ids',
  ),
  'configuration-changed': words(
    'Configuration changed',
    'configuration changed',
    'got another configuration',
    'got another configuration',
    'got another configuration',
  ),
  'token-refused': words(
    'Token refused',
    'token refused',
    'cannot be watched: Cloudflare refuses the token',
    'cannot be watched: Cloudflare refuses the token',
    'could not be watched: Cloudflare refused the token',
  ),
  'permission-missing': words(
    'Permission missing',
    'permission missing',
    'cannot be watched fully: the token lacks a permission',
    'cannot be watched fully: the token lacks a permission',
    'could not be watched fully: the token lacked a permission',
  ),
  blind: words(
    'Cannot see an account',
    'cannot be seen',
    'cannot be seen: no usable answer from Cloudflare',
    'cannot be seen: no usable answer from Cloudflare',
    'could not be seen',
  ),
  'rate-limited': words(
    'Rate limited',
    'rate limited',
    'cannot be watched: Cloudflare limits our requests',
    'cannot be watched: Cloudflare limits our requests',
    'could not be watched: Cloudflare limited our requests',
  ),
  'store-failing': words(
    'History cannot be kept',
    'history cannot be kept',
    'cannot keep its history',
    'cannot keep their history',
    'could not keep its history',
  ),
};

/** An incident without a rule of its own. */
export const anAlert = { one: 'has an alert', many: 'have an alert', over: 'had an alert' } as const;
/** Health checks and BGP together: neither proves the other. */
export const both = {
  one: 'is down: no BGP, health checks fail',
  many: 'are down or without BGP',
  was: 'was down or without BGP',
  were: 'were down or without BGP',
} as const;
