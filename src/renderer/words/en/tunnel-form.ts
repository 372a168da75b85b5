/** Words of the checks that a form makes while somebody types, and of how good a key is. */
import type { PskIssue, PskLevel } from '../../../shared/psk-strength.ts';
import { SENTENCES } from '../../../shared/tunnel-form/index.ts';
import { plural } from '../../format/number.ts';

/** What is wrong with a field, by the code of the form's checks. */
export const problems = SENTENCES;

/** How good a key of one's own is. */
export const ownKey = {
  make: 'Make a strong one',
  show: 'Show',
  hide: 'Hide',
  empty: 'A made key has 48 letters and digits, which every router and cloud takes.',
  levels: {
    unusable: 'Cannot be used',
    weak: 'Weak: it can be guessed off line',
    fair: 'Fair',
    strong: 'Strong',
  } satisfies Readonly<Record<PskLevel, string>>,
  measure: (bits: number, length: number): string =>
    `about ${plural(bits, 'bit', 'bits')}, ${plural(length, 'character', 'characters')}`,
  portable: 'AWS, Azure and Google take it, too.',
  issues: {
    empty: 'There is no key.',
    'too-long': 'It is too long.',
    'control-characters': 'It holds a line end or another invisible character.',
    'shorter-than-32': 'Fewer than 32 characters: Google asks for 32.',
    'longer-than-64': 'More than 64 characters: AWS takes no more.',
    'not-alphanumeric': 'It holds other characters than letters and digits, which not every router takes.',
    'begins-with-0': 'It begins with 0, which AWS does not take.',
    repeats: 'It repeats itself.',
    runs: 'It follows the alphabet, the digits or the keyboard.',
    words: 'It holds words.',
  } satisfies Readonly<Record<PskIssue, string>>,
} as const;
