/** Filters of the dataset: `<dimension><operator>` with `AND` and `OR`, and the time range that they ask for. */
import type { Instant } from '../../shared/model.ts';
import { isObject } from '../json.ts';
import { PLACE_DIMENSIONS, type Place, RESULT_DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';

/** A filter split by what it looks at, so that most of it is asked once per tunnel or minute and not once per row. */
export interface Filter {
  place(place: Place): boolean;
  minute(minute: Instant): boolean;
  result(state: number): boolean;
  /** From here (inclusive) … */
  readonly from: Instant;
  /** … to there (exclusive); infinite when the filter does not say. */
  readonly to: Instant;
  /** One sentence when the filter cannot be read. */
  readonly problem: string | null;
  /** Tells filters apart that a place can pass differently. */
  readonly looksAtActive: boolean;
}

type Test = (value: string) => boolean;
const OPERATOR = /^(.+?)(_geq|_gt|_leq|_lt|_neq|_in|_notin|_like|_notlike)?$/;
const MINUTE = 60_000;

export function filterOf(raw: Readonly<Record<string, unknown>>): Filter {
  const places: ((place: Place) => boolean)[] = [];
  const minutes: ((minute: Instant) => boolean)[] = [];
  const results: ((state: number) => boolean)[] = [];
  let from = -Infinity;
  let to = Infinity;
  let problem: string | null = null;
  let looksAtActive = false;

  for (const [key, value] of Object.entries(raw)) {
    if (key === 'AND' || key === 'OR') {
      const parts = (Array.isArray(value) ? value : []).filter(isObject).map(filterOf);
      problem ??= parts.find((part) => part.problem !== null)?.problem ?? null;
      if (key === 'AND') {
        for (const part of parts) {
          from = Math.max(from, part.from);
          to = Math.min(to, part.to);
        }
        places.push((place) => parts.every((part) => part.place(place)));
        minutes.push((minute) => parts.every((part) => part.minute(minute)));
        results.push((state) => parts.every((part) => part.result(state)));
      } else {
        // Alternatives are understood where each of them looks at the place alone, which is what people use them for.
        places.push((place) => parts.some((part) => part.place(place)));
      }
      continue;
    }
    const [, name = '', operator = ''] = OPERATOR.exec(key) ?? [];
    const length = TIME_DIMENSIONS[name];
    if (name === 'active') looksAtActive = true;
    else if (length !== undefined) {
      const moments = (Array.isArray(value) ? value : [value]).map((text) => Date.parse(String(text)));
      if (moments.some(Number.isNaN)) problem ??= `error parsing args for filter: ${key} is not a time`;
      const bound = moments[0] ?? 0;
      if (operator === '_geq' || operator === '_gt' || operator === '') from = Math.max(from, bound);
      if (operator === '_lt') to = Math.min(to, bound);
      if (operator === '_leq' || operator === '') to = Math.min(to, bound + 1);
      minutes.push((minute) => compare(operator, Math.floor(minute / length) * length, moments));
    } else {
      const test = textTest(operator, value);
      const place = PLACE_DIMENSIONS[name];
      const result = RESULT_DIMENSIONS[name];
      if (place !== undefined) places.push((where) => test(place(where)));
      if (result !== undefined) results.push((state) => test(result(state)));
    }
  }
  return {
    place: (place) => places.every((test) => test(place)),
    minute: (minute) => minutes.every((test) => test(minute)),
    result: (state) => results.every((test) => test(state)),
    from: Math.floor(from / MINUTE) * MINUTE,
    to,
    problem,
    looksAtActive,
  };
}

function compare(operator: string, value: number, wanted: readonly number[]): boolean {
  const bound = wanted[0] ?? 0;
  switch (operator) {
    case '_geq':
      return value >= bound;
    case '_gt':
      return value > bound;
    case '_leq':
      return value <= bound;
    case '_lt':
      return value < bound;
    case '_neq':
      return value !== bound;
    case '_notin':
      return !wanted.includes(value);
    default:
      return wanted.includes(value);
  }
}

function textTest(operator: string, wanted: unknown): Test {
  const many = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String));
  const one = String(wanted);
  switch (operator) {
    case '_geq':
      return (value) => value >= one;
    case '_gt':
      return (value) => value > one;
    case '_leq':
      return (value) => value <= one;
    case '_lt':
      return (value) => value < one;
    case '_neq':
    case '_notin':
      return (value) => !many.has(value);
    case '_like':
      return likeTest(one);
    case '_notlike': {
      const like = likeTest(one);
      return (value) => !like(value);
    }
    default:
      return (value) => many.has(value);
  }
}

/** SQL's LIKE: `%` any text, `_` any character. */
function likeTest(pattern: string): Test {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${escaped}$`, 's');
  return (value) => expression.test(value);
}
