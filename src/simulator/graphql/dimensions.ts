/** The dimensions of the tunnel health dataset: what each says, and whether it depends on place, time or result. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { Colo } from '../world/colos.ts';

/** Where a result comes from. */
export interface Place {
  readonly tunnelName: string;
  readonly siteName: string;
  readonly customerEndpoint: string;
  readonly colo: Colo;
}

export const PLACE_DIMENSIONS: Readonly<Record<string, (place: Place) => string>> = {
  tunnelName: (place) => place.tunnelName,
  siteName: (place) => place.siteName,
  remoteTunnelIPv4: (place) => place.customerEndpoint,
  edgeColoName: ({ colo }) => colo.name,
  edgeColoCode: ({ colo }) => colo.code,
  edgeColoCity: ({ colo }) => colo.city,
  edgeColoCountry: ({ colo }) => colo.country,
  edgeColoRegion: ({ colo }) => colo.region,
  edgePopName: ({ colo }) => colo.code.toLowerCase(),
};

/** Length of the bucket that a time dimension rounds down to. */
export const TIME_DIMENSIONS: Readonly<Record<string, Millis>> = {
  datetime: 60_000,
  datetimeMinute: 60_000,
  datetimeFiveMinutes: 300_000,
  datetimeFifteenMinutes: 900_000,
  datetimeHalfOfHour: 1_800_000,
  datetimeHour: 3_600_000,
};

/** Cloudflare does not document these words; whoever takes them for a health state is mistaken. */
export const RESULT_DIMENSIONS: Readonly<Record<string, (state: number) => string>> = {
  resultStatus: (state) => (state > 0 ? 'success' : 'timeout'),
};

/** Traffic in the last six hours. Selecting it empties the answer, as it does in the real dataset. */
export const ACTIVE_DIMENSION = 'active';

/** Bucket of a time dimension, RFC 3339 in whole seconds. */
export function bucket(minute: Instant, length: Millis): string {
  return `${new Date(Math.floor(minute / length) * length).toISOString().slice(0, 19)}Z`;
}
