/** Where an incident leads: the tunnels behind it, and what a silence of it would match. Pure. */
import type { Incident, Matcher } from '../../../shared/alerts.ts';
import type { TunnelKey } from '../../../shared/model.ts';
import { EVERYTHING, writeQuery } from '../../state/query.ts';
import { tunnelHash, viewHash } from '../../state/route.svelte.ts';

export { matchersOf } from '../../../shared/incident-matchers.ts';

/** The tunnel, or the board with just those tunnels. */
export function tunnelsHash({ cause, lead, accountIds, tunnels }: Incident): string {
  const { subject } = lead;
  if (cause.kind === 'tunnel') return tunnelHash(cause.key);
  if (subject.kind === 'tunnel' && tunnels === 1) return tunnelHash(subject.key);
  const account = accountIds.length === 1 ? (accountIds[0] ?? null) : null;
  const board = (part: Partial<typeof EVERYTHING>): string =>
    viewHash('board', writeQuery({ ...EVERYTHING, account, ...part }));
  switch (cause.kind) {
    case 'site':
      return board({ site: cause.site });
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
      return board({ endpoint: cause.address });
    default:
      return board({});
  }
}

/** Who a tunnel belongs to, for links from an alert. */
export function keyOf(subject: Incident['lead']['subject']): TunnelKey | null {
  return subject.kind === 'tunnel' ? subject.key : null;
}

/** Why a value cannot be a matcher; `null` when it can. @param sentence What to say of a bad pattern. */
export function matcherFault({ op, value }: Matcher, sentence: string): string | null {
  if (op === '=' || op === '!=') return null;
  try {
    new RegExp(`^(?:${value})$`, 'u');
    return null;
  } catch {
    return sentence;
  }
}
