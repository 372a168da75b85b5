/** What to check next: is it ours, the carrier's or Cloudflare's. In this order, because the first is the quickest to tell. */
import type { AlertRule } from '../../alerts.ts';

export const byCause: Readonly<
  Record<'site' | 'cloudflare-endpoint' | 'customer-endpoint' | 'account', readonly string[]>
> = {
  site: [
    'Ours: is there power at the site, and does its router answer?',
    'The carrier’s: are all lines of the site down? Call the carriers with the time.',
    'Cloudflare’s: unlikely while tunnels of other sites to the same endpoints work.',
  ],
  'customer-endpoint': [
    'Ours: does the router or firewall behind this address answer?',
    'The carrier’s: ping the address from outside; call the carrier of this line with the time.',
    'Cloudflare’s: unlikely while tunnels from other addresses work.',
  ],
  'cloudflare-endpoint': [
    'Ours: was something changed on the tunnels to this endpoint shortly before? They end at many places, so hardly one of ours.',
    'The carrier’s: do the sites share one carrier? Trace the way to this address from one of them.',
    'Cloudflare’s: see cloudflarestatus.com, then open a ticket with this address, the account and the time in UTC.',
  ],
  account: [
    'Ours: was something changed on all of them, in the account or by automation? Does one router or firewall serve them all?',
    'The carrier’s: do the sites share one carrier?',
    'Cloudflare’s: see cloudflarestatus.com, then open a ticket with the account and the time in UTC.',
  ],
};

const BGP: readonly string[] = [
  'Ours: does BGP run on the router with the right neighbour, AS numbers and MD5 key, and is TCP port 179 allowed both ways?',
  'The carrier’s: ping Cloudflare’s tunnel address out of the tunnel interface; without an answer look at IPsec and the line.',
  'Cloudflare’s: if the router says that the session stands, give support the tunnel id and the time in UTC.',
];
const HEALTH: readonly string[] = [
  'Ours: is IPsec up on the router, and does a firewall drop the ICMP of the health checks?',
  'The carrier’s: measure loss on the line below the tunnel.',
  'Cloudflare’s: one data centre that sees loss is normal; all of them with a good line are a ticket.',
];

export const byRule: Readonly<Record<AlertRule, readonly string[]>> = {
  'site-isolated': byCause.site,
  'bgp-down': BGP,
  'bgp-stuck-establishing': BGP,
  'health-down': HEALTH,
  'health-degraded': HEALTH,
  'bgp-flapping': [
    'Ours: read the last BGP notification in the router’s log. A fall each 90 s is the hold timer: suspect MTU or a one-way path.',
    'The carrier’s: look for loss on the line below the tunnel.',
    'Cloudflare’s: if several tunnels to one endpoint flap together, open a ticket.',
  ],
  'tunnel-flapping': [
    'Ours: look for DPD time-outs in the router’s IKE log, and compare the period with the SA lifetimes.',
    'The carrier’s: look for loss, a failing modem, or two lines by turns.',
    'Cloudflare’s: if several tunnels to one endpoint flap together, open a ticket.',
  ],
  'redundancy-lost': [
    'Mend the tunnel that is down while nobody feels it.',
    'Put off all work on the tunnel that is left.',
    'Check that the last tunnel carries the whole traffic.',
  ],
  'standby-down': [
    'Mend it before the primary fails: first IPsec on the router, then the line below it.',
    'Test the switch-over afterwards.',
  ],
  'bgp-inconsistent': [
    'Ask the router for the state of the session: it knows.',
    'If the router says established, wait: the record may be old.',
    'If it stays, give Cloudflare support the tunnel id and the time in UTC.',
  ],
  'psk-missing': [
    'Generate a PSK and set it on the router.',
    'If the tunnel works, Cloudflare’s record is incomplete: rotate the PSK when traffic can be moved away.',
  ],
  'psk-stale': [
    'Rotate it: move traffic to the other tunnel of the site first, and never rotate both on one day.',
    'Afterwards clear the IKE SA on the router: a wrong key shows only when IKE negotiates anew.',
  ],
  'psk-due': [
    'Plan the rotation: one tunnel of a site at a time, in a quiet hour.',
    'Afterwards clear the IKE SA on the router: a wrong key shows only when IKE negotiates anew.',
  ],
  misconfiguration: [
    'Do what the finding says.',
    'If it is meant to be so, switch this rule off for the tunnel in the settings.',
  ],
  'tunnel-disappeared': [
    'Was it deleted on purpose? See the audit log of the account.',
    'Does the token still cover the account and its tunnels?',
  ],
  'tunnel-recreated': [
    'Set the new IKE identity and the new PSK on the router.',
    'Check that routes still point to the tunnel.',
  ],
  'configuration-changed': [
    'Was it meant? See the audit log of the account, and ask whoever changed it.',
    'Watch BGP and health for the next minutes.',
  ],
  'token-refused': [
    'See whether the token was revoked or has expired, with its owner.',
    'Give Tunnelwatch a new one in the settings.',
    'Until then watch the tunnels from the routers.',
  ],
  'permission-missing': [
    'Add the permission to the token, exactly as it is named.',
    'Check that the token covers this account.',
  ],
  blind: [
    'Ours: does this machine reach the Internet? Check DNS, proxy and firewall.',
    'The carrier’s: do other programs on this network reach api.cloudflare.com?',
    'Cloudflare’s: see cloudflarestatus.com from another line. Until then watch the tunnels from the routers.',
  ],
  'rate-limited': [
    'Find the other program that uses the same user or token.',
    'Give Tunnelwatch a token of a user of its own.',
  ],
  'store-failing': [
    'Is the disk full, or the folder read-only?',
    'Does another copy of the program use the same file?',
  ],
};

export const wait = 'Wait: restarting the router now would only begin the wait anew.';
export const wasMeant = 'Ours: was the change shortly before meant? Taking it back is the quickest test.';
