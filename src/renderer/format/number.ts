import { LANGUAGE, LOCALE } from '../words/language.ts';

const COUNT = new Intl.NumberFormat(LOCALE);
const TENTHS = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const HUNDREDTHS = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SHARE = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 2 });
const RULES = new Intl.PluralRules(LANGUAGE);

/** `12,345`. */
export function count(value: number): string {
  return COUNT.format(value);
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `12.3 MB`, in thousands. */
export function bytes(size: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
  const value = size / 1000 ** step;
  return `${value < 10 && step > 0 ? TENTHS.format(value) : count(Math.round(value))} ${SIZES[step]}`;
}

/** 0 to 1 as `99.95%`; never rounded up to a whole that was not reached. */
export function share(value: number): string {
  const capped = value < 1 ? Math.min(value, 0.9999) : 1;
  return SHARE.format(capped);
}

/** `14.4×`, without tenths from a hundred on. */
export function factor(value: number): string {
  return `${value < 100 ? TENTHS.format(value) : count(Math.round(value))}×`;
}

/** `0.95`. */
export function hundredths(value: number): string {
  return HUNDREDTHS.format(value);
}

/** A number with its noun: `1 tunnel`, `14 tunnels`. */
export function plural(value: number, one: string, other: string): string {
  return `${count(value)} ${RULES.select(value) === 'one' ? one : other}`;
}
