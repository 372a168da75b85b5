/**
 * `match` of the settings: names of what to look at, each with a pattern or a list of them, one of which has to fit. A
 * pattern is a glob (`ams*`, `?` for one character) or a regular expression between slashes; with `!` in front it must not fit.
 */
import { z } from 'zod';
import { ALERT_RULES, ALERT_SEVERITIES } from '../../shared/alerts.ts';
import { MATCHER_NAMES, type Matcher, type MatcherName } from '../../shared/silences.ts';
import { suggest } from './suggest.ts';

const PATTERNS = 'a text such as ams* or /^ams[0-9]$/, or a list of them';
/** No name is longer; a pattern of this length is still quick. */
const LONGEST = 500;

const pattern = z.string({ error: PATTERNS }).max(LONGEST, { error: PATTERNS });
const patterns = z.union(
  [pattern, z.array(pattern, { error: PATTERNS }).min(1, { error: PATTERNS }).max(200, { error: PATTERNS })],
  { error: PATTERNS },
);
type Patterns = z.output<typeof patterns>;

interface Reading {
  readonly negative: boolean;
  /** `null`: the text itself is meant. */
  readonly source: string | null;
  readonly plain: string;
}

const isRegex = (written: string): boolean => written.length >= 2 && written.startsWith('/') && written.endsWith('/');
const escaped = (plain: string): string => plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function read(written: string): Reading {
  const negative = written.startsWith('!');
  const plain = negative ? written.slice(1) : written;
  if (isRegex(plain)) return { negative, plain, source: plain.slice(1, -1) };
  if (!/[*?]/.test(plain)) return { negative, plain, source: null };
  // The dot of a regular expression stops at line ends, which a name of somebody else may hold.
  const parts = plain.split(/([*?])/).map((part) => (part === '*' ? '[^]*' : part === '?' ? '[^]' : escaped(part)));
  return { negative, plain, source: parts.join('') };
}

/** What a matcher compiles; see `match.ts` of alerting. */
const compiles = (source: string): boolean => {
  try {
    return new RegExp(`^(?:${source})$`, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

/** Words that a literal pattern has to be one of. */
const WORDS: Partial<Record<MatcherName, readonly string[]>> = { rule: ALERT_RULES, severity: ALERT_SEVERITIES };

/** The complaint about one pattern, as the end of the sentence "expected …"; `null` when it is good. */
function complaint(name: MatcherName, written: string): string | null {
  const { source, plain } = read(written);
  if (source !== null) return compiles(source) ? null : 'a regular expression that is complete (between slashes)';
  const words = WORDS[name];
  if (words === undefined || words.includes(plain)) return null;
  const near = suggest(plain, words);
  const hint = near === null ? (name === 'severity' ? `: ${words.join(', ')}` : '') : `; did you mean ${near}?`;
  return `the name of a ${name}${hint}`.replace(/\?$/, '');
}

const listed = (written: Patterns): readonly string[] => (typeof written === 'string' ? [written] : written);

function matcher(name: MatcherName, readings: readonly Reading[], negative: boolean): readonly Matcher[] {
  const [only] = readings;
  if (only === undefined) return [];
  if (readings.length === 1 && only.source === null) {
    return [{ name, op: negative ? '!=' : '=', value: only.plain }];
  }
  const value = readings.map(({ source, plain }) => source ?? escaped(plain)).join('|');
  return [{ name, op: negative ? '!~' : '=~', value }];
}

function matchersFor(name: MatcherName, written: Patterns): readonly Matcher[] {
  const readings = listed(written).map(read);
  return [
    ...matcher(
      name,
      readings.filter((one) => !one.negative),
      false,
    ),
    ...matcher(
      name,
      readings.filter((one) => one.negative),
      true,
    ),
  ];
}

const optional = patterns.optional();
const shape = Object.fromEntries(MATCHER_NAMES.map((name) => [name, optional])) as Record<MatcherName, typeof optional>;

/** Read as matchers, all of which have to fit. */
export const match = z
  .strictObject(shape, { error: 'a mapping such as { site: ams*, severity: critical }' })
  .superRefine((written, context) => {
    for (const name of MATCHER_NAMES) {
      const value = written[name];
      if (value === undefined) continue;
      for (const [index, one] of listed(value).entries()) {
        const message = complaint(name, one);
        const path = typeof value === 'string' ? [name] : [name, index];
        if (message !== null) context.addIssue({ code: 'custom', path, message });
      }
    }
  })
  .transform((written): readonly Matcher[] =>
    MATCHER_NAMES.flatMap((name) => {
      const value = written[name];
      return value === undefined ? [] : matchersFor(name, value);
    }),
  );
