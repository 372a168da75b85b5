/** Words of what changes an account: forms, plans, outcomes, the audit log. */
import type { AuditEntry, OperationKind, OperationState } from '../../../shared/operations.ts';
import { plural } from '../../format/number.ts';

export const title = 'Changes made from here';

export const tabs = {
  label: 'What to do',
  audit: 'Audit log',
  create: 'New tunnel',
  'bulk-update': 'Change several',
  'psk-set': 'Set keys',
} as const;

/** A change by its kind, as the audit log names it. */
export const kinds: Readonly<Record<AuditEntry['kind'], string>> = {
  create: 'Tunnel created',
  update: 'Tunnel changed',
  'bulk-update': 'Several tunnels changed',
  delete: 'Tunnel deleted',
  'psk-generate': 'Key generated',
  'psk-set': 'Keys set',
  unlock: 'Unlocked',
  lock: 'Locked',
  'set-write-token': 'Write token given',
  'remove-write-token': 'Write token removed',
};

export const states: Readonly<Record<OperationState | 'begun', string>> = {
  done: 'Done',
  partial: 'Done in part',
  refused: 'Refused',
  clash: 'Changed meanwhile',
  unknown: 'Outcome not known',
  'not-sent': 'Not sent',
  begun: 'Begun, no outcome noted',
};

export const pages = {
  create: 'New tunnel',
  update: (name: string): string => `Change ${name}`,
  delete: (name: string): string => `Delete ${name}`,
  'bulk-update': 'Change several tunnels',
  'psk-set': 'Set keys of several tunnels',
  loading: 'Asking for the tunnel as it is now …',
  gone: 'This tunnel is not there any more.',
  retry: 'Ask again',
  account: 'Account',
  noAccount: 'No account is watched, so there is nothing to change.',
} as const;

export const form = {
  label: 'The tunnel',
  suggestion: 'Filled in as a finding suggests. Nothing is sent before you have seen the plan.',
  groups: {
    general: 'Name and purpose',
    addresses: 'Addresses',
    health: 'Health check',
    bgp: 'BGP',
    identity: 'Identity and protection',
    key: 'Pre-shared key',
  },
  fields: {
    name: 'Name',
    description: 'Description',
    cloudflareEndpoint: 'Cloudflare endpoint',
    customerEndpoint: 'Customer endpoint',
    interfaceAddress: 'Interface address',
    interfaceAddress6: 'Interface address, IPv6',
    'healthCheck.enabled': 'Health check',
    'healthCheck.rate': 'Rate',
    'healthCheck.type': 'Type',
    'healthCheck.direction': 'Direction',
    'healthCheck.target': 'Target',
    bgp: 'BGP session',
    'bgp.customerAsn': 'Customer ASN',
    'bgp.extraPrefixes': 'Extra prefixes',
    'bgp.md5Key': 'MD5 key',
    'bgp.importFilterId': 'Import filter',
    'bgp.exportFilterId': 'Export filter',
    fqdnId: 'Custom FQDN identity',
    replayProtection: 'Replay protection',
    automaticReturnRouting: 'Automatic return routing',
    psk: 'Key',
  } as Readonly<Record<string, string>>,
  hints: {
    name: 'Unique in the account, without spaces. Up to 15 characters is safe everywhere.',
    description: 'Free text.',
    cloudflareEndpoint: 'One of the anycast addresses that Cloudflare gave you.',
    customerEndpoint:
      'The router’s public address. Optional; needed for traceroutes and for identification by address.',
    interfaceAddress:
      'Cloudflare’s side inside the tunnel, with its prefix: /31 or /30 out of RFC 1918 or 169.254.240.0/20.',
    interfaceAddress6: 'Optional: a /127 inside your virtual subnet.',
    'healthCheck.rate': 'How often it probes; medium unless set.',
    'healthCheck.type': 'Reply unless set. Request needs an answering target.',
    'healthCheck.direction': 'Unidirectional unless set. Cloudflare WAN usually wants bidirectional.',
    'healthCheck.target': 'Empty: Cloudflare works it out. Ignored for bidirectional checks.',
    'bgp.customerAsn': 'The AS number of your router.',
    'bgp.extraPrefixes': 'One CIDR each line: told to your router besides the routes of the table.',
    'bgp.md5Key': 'Guards against mistakes, not against attackers; Cloudflare does not treat it as a secret.',
    fqdnId: 'Optional: <label>.<numeric account>.custom.ipsec.cloudflare.com',
    replayProtection: 'From Cloudflare to you. Off unless set.',
    automaticReturnRouting: 'Needs a feature that Cloudflare enables for the account.',
    psk: 'Kept nowhere: note it before you go on.',
    keyOfTunnel: 'The key is changed by the rotation assistant, which watches that traffic survives.',
  },
  unset: 'Not set',
  keep: 'As it is',
  on: 'On',
  off: 'Off',
  rates: { low: 'Low', mid: 'Medium', high: 'High' },
  types: { reply: 'Reply', request: 'Request' },
  directions: { unidirectional: 'Unidirectional', bidirectional: 'Bidirectional' },
  bgpOn: 'Cloudflare and your router exchange routes over the tunnel.',
  md5: { keep: 'Leave as it is', set: 'Set another', remove: 'Remove it' },
  key: { later: 'Later: without a key the tunnel stays down', own: 'Set one now' },
  rotate: 'Rotate the key',
  plan: 'See what would happen',
  planning: 'Checking with Cloudflare …',
  nothing: 'Nothing is different yet.',
  mend: 'Mend what is marked first.',
  refused: 'This was refused:',
  lockedPlan: 'Unlock the account first: Cloudflare checks a plan with the write token.',
} as const;

export const plan = {
  title: 'What would happen',
  checked: 'Cloudflare has checked it. Nothing has been changed yet.',
  field: 'Field',
  before: 'Now',
  after: 'After it',
  was: 'Before',
  became: 'After',
  notSet: 'not set',
  noDiff: 'No field takes another value.',
  keyDiff: 'A new key replaces the present one at once.',
  warnings: 'Know before',
  causes: 'Findings that this would cause',
  solves: 'Findings that this would end',
  tunnels: (count: number): string => plural(count, 'tunnel', 'tunnels'),
  typeName: (name: string): string => `Type ${name} to confirm`,
  expires: (left: string): string => `The plan is good for another ${left}.`,
  expired: 'This plan is too old: things may have changed. Plan again.',
  again: 'Plan again',
  edit: 'Back to the form',
  confirming: 'Under way. Do not close this page: the answer comes here.',
  act: {
    create: 'Create it',
    update: 'Change it',
    'bulk-update': 'Change them',
    delete: 'Delete it',
    'psk-generate': 'Generate the key',
    'psk-set': 'Set the keys',
  } satisfies Readonly<Record<OperationKind, string>>,
  who: 'Who',
  needsName: 'Say who you are: the audit log keeps it.',
} as const;

export const outcome = {
  ray: 'Cloudflare’s name for the answer (cf-ray)',
  applied: 'Applied',
  unapplied: 'Not applied',
  unsettled: 'Not known',
  tunnel: 'Tunnel',
  state: 'Outcome',
  note: 'What happened',
  seeTunnel: 'To the tunnel',
  seeAudit: 'To the audit log',
  again: 'Plan again on what is there now',
  meanwhile: 'Somebody else changed it between your plan and now, so nothing was sent. What is different now:',
  unknownNext: [
    'Look at the tunnel before anything is done again: what was asked for may be in force, or come into force.',
    'If it is not, plan it again. Tunnelwatch never repeats it by itself.',
  ],
} as const;

export const remove = {
  what: 'The tunnel, its key and its configuration go at once, and cannot be brought back. Its history stays here.',
  plan: 'See what would happen',
} as const;

export const bulk = {
  choose: 'Which tunnels',
  chosen: (chosen: number, of: number): string => `${chosen} of ${plural(of, 'tunnel', 'tunnels')} chosen`,
  search: 'Name, site or address',
  all: 'Choose all that are shown',
  none: 'Choose none',
  empty: 'No tunnel matches.',
  fieldsWhat: 'Only what you choose here is set; everything else of each tunnel stays.',
  needsTunnel: 'Choose at least one tunnel.',
  needsField: 'Choose at least one field.',
  most: 'At most 1,000 tunnels at once.',
} as const;

export const setKeys = {
  what: 'Each key is in force at Cloudflare at once, and each router needs its own right after. Never set both halves of a pair together: the assistant does one tunnel safely.',
  make: 'Make a key for each',
  key: (name: string): string => `Key of ${name}`,
  most: (count: number): string =>
    `At most ${plural(count, 'tunnel', 'tunnels')} at once: each router needs its key by hand.`,
  missing: 'A key is missing, or cannot be used.',
  noteFirst: 'I have noted these keys: they are kept nowhere.',
} as const;

export const key = {
  title: 'The new key',
  once: 'Shown here once and kept nowhere. Leave this page, and it is gone.',
  of: (name: string): string => `Key of ${name}`,
  reveal: 'Show',
  hide: 'Hide',
  copy: 'Copy',
  clear: 'Clear the clipboard',
  copied: (seconds: number): string => `Copied. In ${seconds} s the clipboard is emptied, if it still holds the key.`,
  copiedBlind:
    'Copied. This window may not look into the clipboard, so it is not emptied by itself: do that when you are done.',
  notCopied: 'The clipboard cannot be reached from here: show the key and copy it by hand.',
  cleared: 'The clipboard is empty.',
  other: 'The clipboard holds something else by now and was left alone.',
  notCleared: 'The clipboard could not be emptied: copy something else over the key.',
  keepIt: 'Keep it in the keychain',
  keeping: 'Keeping …',
  ipsecId: 'IPsec id',
  leaveTitle: 'Leave without the key?',
  leave: 'The new key is in force at Cloudflare and shown only on this page. Without it the router cannot connect.',
  stay: 'Stay',
  go: 'Leave, I have the key',
} as const;

export const audit = {
  empty: 'Nothing has been changed from here so far.',
  emptyWhat: 'Every change is noted here before it is sent: who, when, what, and what Cloudflare answered.',
  loading: 'Reading the audit log …',
  failed: 'The audit log cannot be read.',
  retry: 'Ask again',
  older: 'Older entries',
  complete: 'That is all.',
  csv: 'Export CSV',
  json: 'Export JSON',
  exporting: 'Reading all entries …',
  columns: { at: 'When', who: 'Who', what: 'What', account: 'Account', tunnels: 'Tunnel', outcome: 'Outcome' },
  more: (count: number): string => `and ${plural(count, 'other', 'others')}`,
  details: 'Details',
  noDiff: 'No field is noted with it.',
} as const;
