/** Sentences about the age of a pre-shared key. Which of them hold is decided in `explain/psk.ts`. */
import { plural } from '../../format/number.ts';

export const days = (count: number): string => plural(count, 'day', 'days');
/** Days as they stand in `policy`. */
export const afterDays = days;
export const old = (length: string): string => `${length} old`;
export const ahead = (length: string): string => `dated ${length} ahead`;
export const policy = (aging: string, due: string, stale: string): string =>
  `aging after ${aging}, due after ${due}, stale after ${stale}`;

export const unobserved = 'The PSK is not being observed at the moment.';
/** @param age `412 days old`. */
export const made = (age: string, date: string): string => `The PSK is ${age} (${date})`;
export const joined = (made: string, rest: string): string => `${made}; ${rest}.`;
export const clocksDiffer = (made: string): string =>
  `${made}: Cloudflare’s clock and this one differ. It counts as new.`;
export const dueWithinDay = 'rotation is due within a day';
export const dueIn = (left: number, date: string): string => `rotation is due in ${days(left)}, on ${date}`;
export const dueToday = 'rotation has been due since today';
export const dueFor = (late: number, date: string): string => `rotation has been due for ${days(late)}, since ${date}`;
export const plan = 'Plan the rotation.';
export const rotate =
  'Rotate it: move traffic to the other tunnel of the site first, and never rotate both on one day.';
export const latent =
  'A mismatch stays hidden after a rotation: IKE checks the key only when it negotiates anew. Clear the IKE SA on the router to be sure.';
export const none =
  'No PSK is reported: as far as Cloudflare says, none was ever generated, and without one a tunnel cannot come up.';
export const generate = 'Generate a PSK and set it on the customer router.';
export const noneYetWorks =
  'No PSK is reported, yet the tunnel works: Cloudflare’s record of it is incomplete, so its age is not known.';
export const rotateWhenMovable = 'Rotate the PSK when traffic can be moved away; from then on its age is on record.';
