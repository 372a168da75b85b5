/** Words of write access: which accounts can be changed from here, and for how long. Part of the first load: few. */
import type { Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';

export const open = {
  label: 'Accounts that can be changed',
  /** `Acme can be changed for another 12 min.` */
  sentence: (account: string, left: Millis): string => `${account} can be changed for another ${time(left)}.`,
  lock: 'Lock now',
  lockOf: (account: string): string => `Lock now: ${account}`,
  somebody: 'Somebody at this screen',
} as const;

export const access = {
  title: 'Changing this account',
  off: 'Off unless you allow it: Tunnelwatch only reads, until an account has a write token and somebody unlocks it.',
  none: 'There is no write token for this account, so nothing can be changed.',
  give: 'Give it a write token',
  locked: 'Locked: nothing can be changed at the moment.',
  unlockedFor: (left: Millis): string => `Unlocked for another ${time(left)}; then it locks itself.`,
  unlock: 'Unlock',
  unlocking: 'Unlocking …',
  howLong: 'For',
  minutes: (ms: Millis): string => plural(Math.round(ms / 60_000), 'minute', 'minutes'),
  who: 'Who',
  whoHint: 'Your name, for the audit log',
  needsName: 'Say who you are: the audit log keeps it.',
  unavailable: 'Changes are not offered here.',
  looking: 'Looking whether this account can be changed …',
} as const;

export const token = {
  title: 'Write token',
  none: 'None: Tunnelwatch can change nothing in this account. That is the usual state.',
  what: 'A second token, kept apart from the one for watching. It is used for changes alone, and only while the account is unlocked.',
  needs: 'It needs Magic WAN Write or Magic Transit Write.',
  add: 'Add a write token',
  addOf: (account: string): string => `Add a write token for ${account}`,
  replace: 'Replace',
  replaceOf: (account: string): string => `Replace the write token of ${account}`,
  remove: 'Remove',
  removeOf: (account: string): string => `Remove the write token of ${account}`,
  field: 'Write token',
  missing: 'Paste the token.',
  keep: 'Check and keep',
  checking: 'Asking Cloudflare …',
  cancel: 'Cancel',
  where: {
    keychain: (vault: string): string => `In the ${vault}`,
    environment: 'From an environment variable',
    file: 'From a file',
    session: 'In memory, for this session only',
  },
} as const;

/** Ways to change what one is looking at. */
export const entry = {
  create: 'New tunnel',
  several: 'Change these',
  audit: 'Audit log',
  change: 'Change',
  rotate: 'Rotate key',
  delete: 'Delete',
  label: 'Change this tunnel',
} as const;

/** Minutes from the first on; below it says so instead of counting seconds. */
function time(left: Millis): string {
  return left < 60_000 ? 'less than a minute' : duration(left);
}
