/** Who is who: the subject of each tunnel as last seen, the tunnels of each site, the names of each account. */
import type { Subject } from '../../../shared/alerts.ts';
import type { AccountId, BoardRow, TunnelKey } from '../../../shared/model.ts';
import type { TunnelView } from '../contract.ts';
import { tunnelSubject } from '../tags.ts';

export type TunnelSubject = Extract<Subject, { readonly kind: 'tunnel' }>;
export type SiteSubject = Extract<Subject, { readonly kind: 'site' }>;

/** Names a subject inside an alert's id. Site names are free text, hence the last. */
export function subjectId(subject: Subject): string {
  switch (subject.kind) {
    case 'tunnel':
      return subject.key;
    case 'site':
      return `${subject.accountId}:${subject.site}`;
    case 'account':
      return subject.accountId;
    case 'app':
      return 'app';
  }
}

interface Known {
  readonly row: BoardRow;
  readonly tags: readonly string[];
  readonly subject: TunnelSubject;
}

/** Tunnels, their sites and their names, kept up to date by the rows that changed. */
export class SubjectBook {
  readonly #tunnels = new Map<TunnelKey, Known>();
  readonly #sites = new Map<string, { readonly subject: SiteSubject; readonly members: Set<TunnelKey> }>();
  readonly #names = new Map<string, number>();
  /** Gone from the list, not yet for long enough to be forgotten: they keep their place in their site and lose their name. */
  readonly #lost = new Set<TunnelKey>();

  /** The tunnel as it is now. Returns its subject, the same object as long as nothing in it changed, and the sites it left or is in. */
  note(
    { row, tags }: TunnelView,
    account: string,
  ): { readonly subject: TunnelSubject; readonly sites: readonly string[] } {
    const known = this.#tunnels.get(row.key);
    const old = known?.subject;
    if (old !== undefined && this.#lost.delete(row.key)) this.#takeName(old);
    if (known !== undefined && known.row === row && known.tags === tags && old?.account === account) {
      return { subject: known.subject, sites: this.#siteOf(known.subject) };
    }
    const made = tunnelSubject(row, account, tags) as TunnelSubject;
    const subject = old !== undefined && same(old, made) ? old : made;
    this.#tunnels.set(row.key, { row, tags, subject });
    if (subject === old) return { subject, sites: this.#siteOf(subject) };
    if (old !== undefined) this.#leave(old);
    this.#join(subject);
    return { subject, sites: [...(old === undefined ? [] : this.#siteOf(old)), ...this.#siteOf(subject)] };
  }

  tunnel(key: TunnelKey): TunnelSubject | undefined {
    return this.#tunnels.get(key)?.subject;
  }

  /** The list has the tunnel no more. */
  lose(key: TunnelKey): void {
    const subject = this.#tunnels.get(key)?.subject;
    if (subject === undefined || this.#lost.has(key)) return;
    this.#lost.add(key);
    this.#giveName(subject);
  }

  /** The tunnel is gone for good. Its subject is handed out for the last time. */
  forget(key: TunnelKey): TunnelSubject | undefined {
    const subject = this.#tunnels.get(key)?.subject;
    if (subject !== undefined) this.#leave(subject);
    this.#tunnels.delete(key);
    this.#lost.delete(key);
    return subject;
  }

  site(id: string): SiteSubject | undefined {
    return this.#sites.get(id)?.subject;
  }

  members(id: string): ReadonlySet<TunnelKey> {
    return this.#sites.get(id)?.members ?? new Set();
  }

  /** Whether the account has a tunnel of that name. */
  hasName(accountId: AccountId, name: string): boolean {
    return (this.#names.get(`${accountId}:${name}`) ?? 0) > 0;
  }

  #siteOf({ accountId, site }: TunnelSubject): readonly string[] {
    return site === null ? [] : [`${accountId}:${site}`];
  }

  #takeName({ accountId, name }: TunnelSubject): void {
    const named = `${accountId}:${name}`;
    this.#names.set(named, (this.#names.get(named) ?? 0) + 1);
  }

  #giveName({ accountId, name }: TunnelSubject): void {
    const named = `${accountId}:${name}`;
    const others = (this.#names.get(named) ?? 1) - 1;
    if (others > 0) this.#names.set(named, others);
    else this.#names.delete(named);
  }

  #join(subject: TunnelSubject): void {
    const { accountId, account, site, key } = subject;
    this.#takeName(subject);
    if (site === null) return;
    const id = `${accountId}:${site}`;
    const book = this.#sites.get(id) ?? { subject: { kind: 'site', accountId, account, site }, members: new Set() };
    book.members.add(key);
    this.#sites.set(id, book);
  }

  #leave(subject: TunnelSubject): void {
    if (!this.#lost.has(subject.key)) this.#giveName(subject);
    for (const id of this.#siteOf(subject)) {
      const site = this.#sites.get(id);
      site?.members.delete(subject.key);
      if (site?.members.size === 0) this.#sites.delete(id);
    }
  }
}

function same(a: TunnelSubject, b: TunnelSubject): boolean {
  return (
    a.name === b.name &&
    a.site === b.site &&
    a.account === b.account &&
    a.cloudflareEndpoint === b.cloudflareEndpoint &&
    a.customerEndpoint === b.customerEndpoint &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, i) => tag === b.tags[i])
  );
}
