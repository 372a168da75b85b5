/** Words of the assistant that changes the key of a tunnel. */
import type { RotationCheck, RotationStep } from '../../../shared/keys.ts';

export const titleOf = (name: string): string => `Rotate the key of ${name}`;

export const steps: Readonly<Record<RotationStep, string>> = {
  check: 'Check the surroundings',
  key: 'New key',
  router: 'Key on the router',
  reauthenticate: 'Re-authenticate',
  verify: 'Verify',
  finished: 'Finished',
};

export const frame = {
  label: 'Steps',
  loading: 'Looking at the rotation …',
  retry: 'Ask again',
  abandon: 'Abandon',
  abandonTitle: 'Abandon this rotation?',
  abandonBefore: 'Nothing has been changed; the tunnel keeps its key.',
  abandonAfter:
    'The new key is in force at Cloudflare and stays. If the router does not get it, the tunnel goes down at the next re-authentication, perhaps hours from now.',
  abandonAct: 'Abandon it',
  stay: 'Go on with it',
  leave: 'You may leave and come back: the rotation waits here.',
  by: (who: string, when: string): string => `Begun by ${who}, ${when}`,
  tunnel: 'To the tunnel',
} as const;

export const begin = {
  what: 'Changes the key of one tunnel in an order that keeps traffic alive: the partner is checked first, then Cloudflare gets the new key, then the router, then both prove it.',
  time: 'It takes about ten minutes of your time, and up to half an hour until health is back. You need access to the router.',
  who: 'Who',
  needsName: 'Say who you are: the record of the rotation keeps it.',
  act: 'Begin',
} as const;

export const checks: Readonly<Record<RotationCheck['state'], string>> = {
  good: 'Good',
  bad: 'Not good',
  unknown: 'Not known',
  waiting: 'Waiting',
};
export const check = {
  title: 'Before the key is changed',
  looking: 'Looked at live, each few seconds.',
  accept: 'Go on despite this',
  fine: 'Nothing speaks against it.',
  notYet: 'Wait until this is good, or accept each point on purpose.',
} as const;

export const key = {
  title: 'The new key',
  what: 'In force at Cloudflare at once. The tunnel stays up with the present IKE session; it needs the new key at the next re-authentication.',
  made: 'Let Cloudflare make one',
  own: 'Set one of our own',
  field: 'Key',
  hint: 'Kept nowhere; afterwards it is shown once more.',
  missing: 'There is no key yet.',
  generate: 'Generate and set it',
  set: 'Check and set it',
  busy: 'Checking, then setting it. Do not close this page: the key comes here, once.',
  refused: 'No new key was set:',
  locked: 'Unlock the account first.',
} as const;

export const router = {
  title: 'Put the key on the router',
  gone: 'The key was shown when it was made, and is kept nowhere. If nobody has it, abandon this rotation and begin another: that makes a new one.',
  identity: 'Replace the present key; everything else stays.',
  done: 'The router has the key',
  snippet: 'Show a configuration for the router',
  hide: 'Hide the configuration',
} as const;

export const reauthenticate = {
  title: 'Clear the IKE session now',
  why: 'IKEv2 uses the key only when it authenticates. A rekey does not ask for it again, so a wrong key stays hidden until the next full negotiation: perhaps tomorrow night, and then the tunnel is down. Clearing the IKE SA on the router makes it authenticate now, while you look.',
  how: 'On the router, clear the IKE SA of this tunnel alone, and let it come up again. Traffic of this tunnel pauses for some seconds.',
  done: 'The IKE SA was cleared',
} as const;

export const verify = {
  title: 'Both sides prove it',
  what: 'Cloudflare may hold a tunnel at degraded for up to 30 minutes after it came back.',
  by: (when: string): string => `Expected by ${when}`,
  late: (when: string): string =>
    `It was expected by ${when}. Compare the key on the router with the one that you noted.`,
} as const;

export const finished = {
  rotated: 'Rotated',
  abandoned: 'Abandoned',
  again: 'Rotate it again',
  noteAgain: 'If others share the site, do them hours later, never at the same time.',
} as const;

export const list = {
  title: 'Key rotations',
  open: 'Under way',
  over: 'Of the last 30 days',
  none: 'No rotation is under way.',
  noneWhat: 'Begin one on a tunnel’s page, or in the list of keys.',
  keys: 'To the keys',
  goOn: 'Go on',
  columns: { tunnel: 'Tunnel', by: 'By', since: 'Begun', step: 'Step', next: 'Next' },
} as const;
