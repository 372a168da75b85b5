/**
 * All health rows of a window, page after page. Rows are ordered by tunnel name and have no other position, so a full page
 * is cut back to its last complete tunnel and the next one begins with the tunnel that was cut. A tunnel that alone fills
 * a page is read in smaller and smaller stretches of time.
 */
import type { AccountId, Millis } from '../../shared/model.ts';
import type { Answer, ExchangeMeta, HealthRow, HealthWindow } from './contract.ts';
import { both, type Exchange, type Opened } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { openRows } from './health-answer.ts';
import { HEALTH_DATASET, HEALTH_QUERIES, type HealthQueryName } from './health-query.ts';
import { createRowReader, nameOf } from './health-rows.ts';

const openHealth = openRows(HEALTH_DATASET);

export interface HealthRequest {
  readonly exchange: Exchange;
  readonly accountId: AccountId;
  readonly window: HealthWindow;
  /** Rows of one page. */
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
}

/** Where one page begins. */
interface Place {
  readonly query: HealthQueryName;
  readonly name: string | null;
  readonly window: HealthWindow;
}

interface Page {
  readonly rows: readonly unknown[];
  readonly opened: Opened;
}

/** More pages than any account fills; a server that always sends a full page must not keep us for ever. */
const MAX_PAGES = 200;
/** Rows are by the minute, so a shorter stretch cannot hold fewer. */
const MINUTE: Millis = 60_000;

/** Every row of the window, each once. Faults of any page are faults of the whole: half a picture would mislead. */
export async function readHealth(request: HealthRequest): Promise<Answer<readonly HealthRow[]>> {
  const places: Place[] = [{ query: 'first', name: null, window: request.window }];
  const rows: unknown[] = [];
  let meta: ExchangeMeta = { requests: 0, rate: null, cfRay: null, bytes: 0 };
  let last: Opened | null = null;
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const page = await readPage(request, place);
    meta = both(meta, page.meta);
    if (!page.ok) return { ...page, meta };
    last = page.value.opened;
    const next = nextPlaces(place, page.value.rows, request.pageSize);
    if (next === null || meta.requests >= MAX_PAGES) {
      return request.exchange.reject(last, meta, 'wrong-shape', 'its pages of health results do not come to an end');
    }
    for (const row of next.keep) rows.push(row);
    places.push(...next.places);
  }
  return finish(request, rows, last, meta);
}

async function readPage(request: HealthRequest, place: Place): Promise<Answer<Page>> {
  const { exchange, accountId, pageSize, signal } = request;
  const asked = await exchange.ask({
    method: 'POST',
    path: '/graphql',
    body: {
      query: HEALTH_QUERIES[place.query],
      variables: {
        account: accountId,
        from: new Date(place.window.from).toISOString(),
        to: new Date(place.window.to).toISOString(),
        limit: pageSize,
        ...(place.name === null ? {} : { name: place.name }),
      },
    },
    account: accountId,
    permission: PERMISSIONS.analytics,
    signal,
  });
  if (!asked.ok) return asked;
  const rows = exchange.open(asked.value, asked.meta, openHealth);
  if (!rows.ok) return rows;
  return { ok: true, value: { rows: rows.value, opened: asked.value }, meta: asked.meta };
}

interface Next {
  readonly keep: readonly unknown[];
  /** The last one is read first. */
  readonly places: readonly Place[];
}

/** What to keep of a page and where to go on; `null` when the pages do not advance. */
function nextPlaces(place: Place, rows: readonly unknown[], pageSize: number): Next | null {
  if (rows.length < pageSize) return { keep: rows, places: [] };
  if (place.query === 'only') return halves(place, rows);
  const cut = nameOf(rows.at(-1));
  const alone = nameOf(rows[0]) === cut;
  // Told to begin with a tunnel, or after it, and ending there once more: that is the page before.
  if (cut === null || (cut === place.name && (place.query === 'after' || !alone))) return null;
  if (alone) {
    const only: Place = { query: 'only', name: cut, window: place.window };
    return { keep: [], places: [{ query: 'after', name: cut, window: place.window }, only] };
  }
  return {
    keep: rows.filter((row) => nameOf(row) !== cut),
    places: [{ query: 'from', name: cut, window: place.window }],
  };
}

/** A full page of one tunnel: the two halves of its time, or, within a minute, what there is. */
function halves(place: Place, rows: readonly unknown[]): Next {
  const { from, to } = place.window;
  const middle = Math.ceil((from + to) / 2 / MINUTE) * MINUTE;
  if (middle <= from || middle >= to) return { keep: rows, places: [] };
  const later: Place = { ...place, window: { from: middle, to } };
  return { keep: [], places: [later, { ...place, window: { from, to: middle } }] };
}

/** Rows that cannot be read are left out and counted, unless none can. */
function finish(
  request: HealthRequest,
  raw: readonly unknown[],
  last: Opened | null,
  meta: ExchangeMeta,
): Answer<readonly HealthRow[]> {
  const read = createRowReader();
  const rows: HealthRow[] = [];
  for (const row of raw) {
    const parsed = read(row);
    if (parsed !== null) rows.push(parsed);
  }
  if (rows.length === 0 && raw.length > 0 && last !== null) {
    return request.exchange.reject(last, meta, 'wrong-shape', 'none of its health results can be read');
  }
  const dropped = raw.length - rows.length;
  return { ok: true, value: rows, meta: dropped === 0 ? meta : { ...meta, dropped } };
}
