/** Rules about tunnels that go and come again. */
import { type EventRule, HOUR, MINUTE } from './rule.ts';

const LISTS = 'Comparison of the lists of the API';

export const TUNNEL_LIFE_RULES: readonly EventRule[] = [
  {
    // Facts: `name`.
    id: 'tunnel-disappeared',
    scope: 'event',
    event: 'tunnel-disappeared',
    what: 'The tunnel is missing from the lists of the account.',
    why: 'Somebody deleted it, or the token sees it no more; what it carried is gone either way.',
    source: `${LISTS}: missing in two of them, and still a minute later; held for a day or until it is back`,
    defaults: { enabled: true, severity: 'warning', pendingMs: MINUTE, recoverMs: 0 },
    measure: 'time',
    holdMs: 24 * HOUR,
    endsOnReturn: true,
    judge: (detail, at) => ({ is: 'present', since: at, exact: true, facts: { name: detail.name ?? null } }),
  },
  {
    // Facts: `name`, `oldId`, `newId`.
    id: 'tunnel-recreated',
    scope: 'event',
    event: 'tunnel-recreated',
    what: 'The tunnel bears its old name and a new id: it was deleted and created anew.',
    why: 'Its IKE identity and its key are new; a router that knows the old ones cannot authenticate.',
    source: `${LISTS}: the same name under another id; held for an hour`,
    defaults: { enabled: true, severity: 'warning', pendingMs: 0, recoverMs: 0 },
    measure: 'time',
    holdMs: HOUR,
    endsOnReturn: false,
    judge: ({ name = null, oldId = null, newId = null }, at) => ({
      is: 'present',
      since: at,
      exact: true,
      facts: { name, oldId, newId },
    }),
  },
];
