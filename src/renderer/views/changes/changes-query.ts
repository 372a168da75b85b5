/** Which changes are shown. Lives in the hash, so that it can be linked. */
import { CONFIG_EVENTS, type ConfigEventKind } from '../../../shared/lint.ts';
import type { Instant, TunnelKey } from '../../../shared/model.ts';
import { viewHash } from '../../state/route.svelte.ts';

export interface ChangesQuery {
  readonly account: string | null;
  readonly tunnel: TunnelKey | null;
  readonly kind: ConfigEventKind | null;
  /** A field of the configuration, for instance `healthCheck.rate`. */
  readonly field: string | null;
  readonly text: string;
  /** When the change was seen that somebody followed a link to. */
  readonly at: Instant | null;
}

const NOTHING: ChangesQuery = { account: null, tunnel: null, kind: null, field: null, text: '', at: null };

/** Reads the query of a hash. What it does not know it leaves out. */
export function readChangesQuery(params: URLSearchParams): ChangesQuery {
  const at = params.get('at') ?? '';
  const tunnel = params.get('tunnel');
  return {
    account: params.get('account'),
    tunnel: tunnel?.includes('/') ? (tunnel as TunnelKey) : null,
    kind: CONFIG_EVENTS.find((kind) => kind === params.get('kind')) ?? null,
    field: params.get('field'),
    text: params.get('q') ?? '',
    at: /^\d{10,14}$/.test(at) ? Number(at) : null,
  };
}

/** The query of a hash; what is as always is left out. */
export function writeChangesQuery(query: ChangesQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.account !== null) params.set('account', query.account);
  if (query.tunnel !== null) params.set('tunnel', query.tunnel);
  if (query.kind !== null) params.set('kind', query.kind);
  if (query.field !== null) params.set('field', query.field);
  if (query.text !== '') params.set('q', query.text);
  if (query.at !== null) params.set('at', String(query.at));
  return params;
}

/** The hash of one change of a tunnel, as it was seen at `at`. */
export function changeHash(tunnel: TunnelKey, at: Instant): string {
  return viewHash('changes', writeChangesQuery({ ...NOTHING, tunnel, at }));
}

/** Whether anything is left out. */
export function isChangesFiltered({ account, tunnel, kind, field, text }: ChangesQuery): boolean {
  return account !== null || tunnel !== null || kind !== null || field !== null || text.trim() !== '';
}
