import type { PskIssue, PskLevel } from '../../../shared/psk-strength.ts';
import { count } from '../../format/number.ts';

export const level: Readonly<Record<PskLevel, string>> = {
  unusable: 'Nicht verwendbar',
  weak: 'Schwach',
  fair: 'Mittel',
  strong: 'Stark',
};

export const issue: Readonly<Record<PskIssue, string>> = {
  empty: 'Kein PSK angegeben.',
  'too-long': 'Der PSK ist länger, als ein Router annimmt.',
  'control-characters':
    'Der PSK enthält ein Zeilenende oder ein anderes unsichtbares Zeichen, vielleicht vom Einfügen.',
  'shorter-than-32': 'Der PSK hat weniger als 32 Zeichen.',
  'longer-than-64': 'Der PSK hat mehr als 64 Zeichen; AWS nimmt das nicht an.',
  'not-alphanumeric': 'Der PSK enthält mehr als Buchstaben und Ziffern; manche Router und Cloud-Dienste lehnen das ab.',
  'begins-with-0': 'Der PSK beginnt mit 0; AWS lehnt das ab.',
  repeats: 'Der PSK wiederholt sich.',
  runs: 'Der PSK enthält eine Folge des Alphabets, von Ziffern oder der Tastatur.',
  words: 'Der PSK enthält Wörter, die zuerst geraten werden.',
};

/** `Stark, etwa 285 Bit`. */
export const verdict = (of: PskLevel, bits: number): string =>
  of === 'unusable' ? level[of] : `${level[of]}, etwa ${count(bits)} Bit`;
export const portable = 'AWS, Azure und Google nehmen diesen PSK an.';
export const notPortable = 'Nicht jeder Router und jede Cloud nimmt diesen PSK an.';
