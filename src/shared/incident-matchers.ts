/** What a silence of an incident would match. Pure. */
import type { Incident, Matcher } from './alerts.ts';
import { type AccountId, accountOf } from './model.ts';

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
