/** What the tray speaks of: tunnels, accounts and incidents that its filter fits, and which tunnels somebody takes care of. Pure. */
import type { Incident } from '../../shared/alerts.ts';
import { sectionOf } from '../../shared/incident-order.ts';
import { type AccountId, accountOf, type BoardRow } from '../../shared/model.ts';
import type { AccountStatus } from '../../shared/status.ts';
import type { BoardNow } from '../board-mirror.ts';

/** The part of the board that the tray speaks of. */
export interface Scope {
  readonly accounts: readonly AccountStatus[];
  readonly rows: readonly BoardRow[];
  /** Open ones. */
  readonly incidents: readonly Incident[];
}

/** The texts of a filter: separated by commas, without regard to case. */
export function filterTexts(filter: string): readonly string[] {
  return filter
    .split(',')
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text !== '');
}

/** Whether an incident is about this tunnel, as far as its cause tells. */
export function isAbout({ cause, lead, accountIds }: Incident, row: BoardRow): boolean {
  switch (cause.kind) {
    case 'tunnel':
      return cause.key === row.key;
    case 'site':
      return cause.accountId === row.accountId && cause.site === row.site?.name;
    case 'cloudflare-endpoint':
      return cause.accountId === row.accountId && cause.address === row.cloudflareEndpoint;
    case 'customer-endpoint':
      return cause.accountId === row.accountId && cause.address === row.customerEndpoint;
    case 'account':
      return cause.accountId === row.accountId;
    case 'blind':
      return cause.accountIds.includes(row.accountId);
    case 'rule':
      // Of one tunnel we know which; of several only whose they are.
      if (cause.extent.failing === 1 && lead.subject.kind === 'tunnel') return lead.subject.key === row.key;
      return accountIds.includes(row.accountId);
    case 'app':
      return false;
  }
}

/** Findings about keys and configuration are no outage: who takes care of one takes care of no tunnel that is down. */
const explainsOutage = ({ cause }: Incident): boolean =>
  cause.kind !== 'rule' && cause.kind !== 'blind' && cause.kind !== 'app';

/**
 * Whether somebody takes care of a tunnel in trouble: an incident about it is acknowledged or silenced, and none about it
 * still calls.
 */
export function isTaken(row: BoardRow, incidents: readonly Incident[]): boolean {
  const about = incidents.filter((incident) => explainsOutage(incident) && isAbout(incident, row));
  return about.length > 0 && about.every((incident) => sectionOf(incident) !== 'firing');
}

/** The board through the filter. Texts are looked for in the names of tunnel, site and account; one of them is enough. */
export function scopeOf({ status, rows, incidents }: BoardNow, filter: string): Scope {
  const open = incidents.filter((incident) => sectionOf(incident) !== 'resolved');
  const texts = filterTexts(filter);
  if (texts.length === 0) return { accounts: status.accounts, rows, incidents: open };
  const fits = (name: string): boolean => texts.some((text) => name.toLowerCase().includes(text));
  const whole = new Set<AccountId>(status.accounts.filter(({ name }) => fits(name)).map(({ id }) => id));
  const mine = rows.filter(
    ({ name, site, accountId }) => whole.has(accountId) || fits(name) || (site !== null && fits(site.name)),
  );
  const accounts = new Set<AccountId>([...whole, ...mine.map(({ key }) => accountOf(key))]);
  return {
    accounts: status.accounts.filter(({ id }) => accounts.has(id)),
    rows: mine,
    // What is wrong with ourselves concerns everybody.
    incidents: open.filter((one) => one.cause.kind === 'app' || concerns(one, accounts, mine)),
  };
}

function concerns(incident: Incident, accounts: ReadonlySet<AccountId>, rows: readonly BoardRow[]): boolean {
  if (incident.cause.kind === 'blind') return incident.cause.accountIds.some((id) => accounts.has(id));
  return rows.some((row) => isAbout(incident, row));
}
