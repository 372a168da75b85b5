/**
 * How hard a pre-shared key is to guess, and whether routers and clouds take it. An estimate on the careful side: what people
 * type (words, runs, repeats, years) counts for little, whatever its length.
 */

/** What AWS, Azure and Google all accept: 32 to 64 of A-Z, a-z, 0-9, not beginning with 0. */
export const PORTABLE_LENGTH = { least: 32, most: 64 } as const;
/** Cloudflare names no limit; this is far above what routers take. */
const LONGEST = 1_024;

/** What is wrong with a key, or may go wrong with it. */
export type PskIssue =
  /** Cannot be used at all. */
  | 'empty'
  | 'too-long'
  | 'control-characters'
  /** Not taken everywhere. */
  | 'shorter-than-32'
  | 'longer-than-64'
  | 'not-alphanumeric'
  | 'begins-with-0'
  /** Easily guessed. */
  | 'repeats'
  | 'runs'
  | 'words';

const UNUSABLE: readonly PskIssue[] = ['empty', 'too-long', 'control-characters'];
const NOT_PORTABLE: readonly PskIssue[] = ['shorter-than-32', 'longer-than-64', 'not-alphanumeric', 'begins-with-0'];

/** `weak`: guessable off line. `fair`: at least 80 bits. `strong`: at least 128 bits, as strong as AES-128. */
export type PskLevel = 'unusable' | 'weak' | 'fair' | 'strong';

export interface PskStrength {
  readonly length: number;
  /** How many of: small letters, capitals, digits, all else. */
  readonly classes: number;
  /** Estimated bits of entropy. */
  readonly bits: number;
  readonly level: PskLevel;
  /** In the common subset of AWS, Azure and Google. */
  readonly portable: boolean;
  /** The gravest first. */
  readonly issues: readonly PskIssue[];
}

/** What people put into keys of networks; letters alone, small. */
const WORDS = [
  'password', 'passwort', 'cloudflare', 'changeme', 'welcome', 'letmein', 'default', 'presharedkey', 'preshared', 'shared',
  'tunnel', 'secret', 'magic', 'cisco', 'juniper', 'fortinet', 'fortigate', 'paloalto', 'strongswan', 'network', 'router',
  'firewall', 'ipsec', 'admin', 'office', 'summer', 'winter', 'spring', 'autumn', 'monday', 'friday', 'company', 'internet',
  'security', 'secure', 'public', 'private', 'master', 'dragon', 'monkey', 'test', 'site', 'vpn', 'psk', 'key', 'wan',
  'asdf', 'qwer', 'yxcv', 'zxcv',
].sort((a, b) => b.length - a.length); // biome-ignore format: a list of words
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
];
const ALL_RUNS = RUNS.flatMap((run) => [run, [...run].reverse().join('')]);
/** Letters that people write as something else. */
const PLAIN: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  $: 's',
  '@': 'a',
  '!': 'i',
};

const WORD_BITS = 10;
const YEAR_BITS = 7;
const SIGN_BITS = 2;

/** Judges a key. Pure; the key goes nowhere. */
export function pskStrength(psk: string): PskStrength {
  const { bits, patterns } = estimate(psk);
  const issues = [...shape(psk), ...patterns];
  const level = issues.some((issue) => UNUSABLE.includes(issue))
    ? 'unusable'
    : bits < 80
      ? 'weak'
      : bits < 128
        ? 'fair'
        : 'strong';
  return {
    length: psk.length,
    classes: CLASSES.filter(({ is }) => is.test(psk)).length,
    bits: Math.round(bits),
    level,
    portable: level !== 'unusable' && !issues.some((issue) => NOT_PORTABLE.includes(issue)),
    issues,
  };
}

function shape(psk: string): PskIssue[] {
  if (psk === '') return ['empty'];
  const issues: PskIssue[] = [];
  if (psk.length > LONGEST) issues.push('too-long');
  // Line ends and other invisible characters come in with a paste and are in no key on purpose.
  if (/\p{Cc}/u.test(psk)) issues.push('control-characters');
  if (psk.length < PORTABLE_LENGTH.least) issues.push('shorter-than-32');
  if (psk.length > PORTABLE_LENGTH.most) issues.push('longer-than-64');
  if (!/^[A-Za-z0-9]*$/.test(psk)) issues.push('not-alphanumeric');
  if (psk.startsWith('0')) issues.push('begins-with-0');
  return issues;
}

const CLASSES = [
  { is: /[a-z]/, size: 26 },
  { is: /[A-Z]/, size: 26 },
  { is: /[0-9]/, size: 10 },
  { is: /[^A-Za-z0-9]/, size: 32 },
] as const;

interface Estimate {
  readonly bits: number;
  readonly patterns: readonly PskIssue[];
}

/** Reads the key from the left; each pattern counts once, each other character by the alphabet that is in use. */
function estimate(psk: string): Estimate {
  const text = psk.slice(0, LONGEST);
  const pool = CLASSES.reduce((size, one) => size + (one.is.test(text) ? one.size : 0), 0);
  const perCharacter = Math.log2(Math.max(2, pool));
  const lower = text.toLowerCase();
  const plain = [...lower].map((letter) => PLAIN[letter] ?? letter).join('');
  const patterns = new Set<PskIssue>();
  let bits = 0;
  for (let at = 0; at < text.length; ) {
    const repeated = repeatAt(text, at);
    const word = WORDS.find((one) => lower.startsWith(one, at) || plain.startsWith(one, at));
    const run = runAt(lower, at);
    if (repeated !== null) {
      // What is repeated, and how often.
      bits += repeated.block * perCharacter + Math.log2(repeated.length / repeated.block);
      patterns.add('repeats');
      at += repeated.length;
    } else if (word !== undefined) {
      bits += WORD_BITS;
      patterns.add('words');
      at += word.length;
    } else if (run >= 4) {
      bits += perCharacter + Math.log2(run);
      patterns.add('runs');
      at += run;
    } else if (/^(?:19|20)\d\d/.test(text.slice(at, at + 4))) {
      bits += YEAR_BITS;
      at += 4;
    } else {
      // The same sign again is how people keep words apart.
      bits += /[^A-Za-z0-9]/.test(text.charAt(at)) && text.indexOf(text.charAt(at)) < at ? SIGN_BITS : perCharacter;
      at += 1;
    }
  }
  return { bits, patterns: [...patterns] };
}

/** The longest stretch from `at` that is a block of up to 16 characters again and again; four alike, or a block twice. */
function repeatAt(text: string, at: number): { readonly block: number; readonly length: number } | null {
  let best: { readonly block: number; readonly length: number } | null = null;
  for (let block = 1; block <= 16 && at + 2 * block <= text.length; block += 1) {
    const piece = text.slice(at, at + block);
    let times = 1;
    while (text.startsWith(piece, at + times * block)) times += 1;
    const least = block < 4 ? Math.ceil(5 / block) + 1 : 2;
    const length = times * block;
    if (times >= least && (best === null || length > best.length)) best = { block, length };
  }
  return best;
}

/** How many characters from `at` follow the alphabet, the digits or a row of the keyboard, either way. */
function runAt(text: string, at: number): number {
  let longest = 0;
  for (const run of ALL_RUNS) {
    const from = run.indexOf(text.charAt(at));
    if (from === -1) continue;
    let length = 1;
    while (at + length < text.length && run.charAt(from + length) === text.charAt(at + length)) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of the alphabet's size in a byte: what lies above would favour its first letters. */
const FAIR = 256 - (256 % ALPHABET.length);

/**
 * A key of the common subset. `fill` puts random bytes from a source fit for keys into the array, such as
 * `crypto.getRandomValues`.
 */
export function generatePsk(fill: (bytes: Uint8Array<ArrayBuffer>) => unknown, length = 48): string {
  let psk = '';
  while (psk.length < length) {
    const bytes = new Uint8Array(64);
    fill(bytes);
    for (const byte of bytes) {
      const letter = byte < FAIR ? ALPHABET.charAt(byte % ALPHABET.length) : '';
      if (psk.length < length && !(psk === '' && letter === '0')) psk += letter;
    }
  }
  return psk;
}
