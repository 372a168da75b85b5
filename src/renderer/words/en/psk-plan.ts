import type { Instant, PskPolicy } from '../../../shared/model.ts';
import { wholeDays } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate } from '../../format/time.ts';

export const parts = { label: 'Beside the list', forecast: 'Forecast', batches: 'Sessions', look: 'Worth a look' };
export const rotate = 'Rotate';
/** For screen readers, to tell one from another. */
export const rotateOne = (name: string): string => `Rotate the key of ${name}`;

export const calendar = 'Save calendar (.ics)';
export const calendarTitle = 'The days on which keys come due, for a calendar program: names of tunnels, no keys';
export const calendarFile = 'psk-rotation.ics';
export const failed = 'The plan could not be read.';
export const retry = 'Try again';
export const loading = 'Reading the plan …';

const d = (ms: number): string => `${count(wholeDays(ms))} d`;
export const policies = 'Policies';
export const general = 'All other tunnels';
export const policyColumns = { who: 'Tunnels', aging: 'Aging', due: 'Due', stale: 'Stale' };
export const policyAges = ({ agingMs, dueMs, staleMs }: PskPolicy): readonly string[] => [
  d(agingMs),
  d(dueMs),
  d(staleMs),
];
export const strictest = 'A tunnel with several of these tags has the strictest policy.';
/** `#pci: 60 d`: the tag, and the age at which its keys are due. */
export const ownPolicy = (tag: string | null, policy: PskPolicy): string =>
  `${tag === null ? 'own policy' : `#${tag}`}: ${d(policy.dueMs)}`;

export const batchesIntro =
  'A suggestion for the next 90 days, on working days. No two tunnels of one group are in a session: the other half carries the traffic.';
export const batchTitle = (number: number, day: Instant): string => `${count(number)}. ${calendarDate(day)}`;
export const tunnels = (many: number): string => plural(many, 'tunnel', 'tunnels');
/** Who stays up, and by which sign they belong together. */
export const partner = (by: readonly string[], grouping: string): string =>
  by.length === 0
    ? 'no partner known: the site may be cut off for some minutes'
    : `${by.join(', ')} stays up (${grouping})`;
export const noBatches = 'No key comes due within 90 days. Nothing needs to be planned.';
export const moreBatches = (many: number): string => `and ${plural(many, 'session', 'sessions')} after these`;

export const neverRotated = 'Never rotated';
export const neverRotatedWhy = 'Made with the tunnel, and past due since.';
export const noneNeverRotated = 'Every key that is past due was rotated before.';
export const madeOn = (at: Instant | null): string => (at === null ? '' : `made ${calendarDate(at)}`);
export const sameTime = 'Made at the same time';
export const sameTimeWhy =
  'Five or more within a minute. Perhaps one key on several tunnels: whoever knows it then knows all of them. Nobody can read keys to tell.';
export const noSameTime = 'No five keys of an account were made within one minute.';
export const sameTimeTitle = (many: number, at: Instant): string => `${tunnels(many)}, ${calendarDate(at)}`;
export const more = (many: number): string => `and ${count(many)} more`;
