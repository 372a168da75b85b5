/** Where an incident leads: the tunnels behind it, and what a silence of it would match. Pure. */
import type { Incident, Matcher } from '../../../shared/alerts.ts';
import { type AccountId, accountOf, type TunnelKey } from '../../../shared/model.ts';
import { EVERYTHING, writeQuery } from '../../state/query.ts';
import { tunnelHash, viewHash } from '../../state/route.svelte.ts';

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

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function oneOf(name: Matcher['name'], values: readonly string[]): Matcher {
  const [only = ''] = values;
  if (values.length === 1) return { name, op: '=', value: only };
  return { name, op: '=~', value: values.map(escaped).join('|') };
}

/** Matchers that fit the cause of an incident, and little else. @param account Names an account. */
export function matchersOf(incident: Incident, account: (id: AccountId) => string): readonly Matcher[] {
  const { cause } = incident;
  const accounts = incident.accountIds.length === 0 ? [] : [oneOf('account', incident.accountIds.map(account))];
  switch (cause.kind) {
    case 'tunnel':
      return [oneOf('account', [account(accountOf(cause.key))]), oneOf('tunnel', [cause.name])];
    case 'site':
      return [...accounts, oneOf('site', [cause.site])];
    case 'cloudflare-endpoint':
      return [...accounts, oneOf('cloudflareEndpoint', [cause.address])];
    case 'customer-endpoint':
      return [...accounts, oneOf('customerEndpoint', [cause.address])];
    case 'account':
      return accounts;
    case 'rule':
      return [...accounts, oneOf('rule', [cause.rule])];
    default:
      return [...accounts, oneOf('rule', incident.rules)];
  }
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
