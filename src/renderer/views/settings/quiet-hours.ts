/** Quiet hours as the settings write them, and as a form holds them. Pure. */
import type { Json } from '../../../shared/settings.ts';
import { settings as words } from '../../words/settings.ts';
import * as checks from './checks.ts';
import { valueAt } from './document.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** One time of rest. What else stands there (a zone of its own) is kept. */
export interface QuietHours {
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
  readonly rest: { readonly [key: string]: Json };
}

/** Reads the list; what is no mapping is left out. */
export function readQuiet(list: Json): readonly QuietHours[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: Json) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return [];
    const days = valueAt(one, ['days']);
    const part = (name: string): string => {
      const value = valueAt(one, [name]);
      return typeof value === 'string' ? value : '';
    };
    const rest = Object.fromEntries(
      Object.entries(one as { [key: string]: Json }).filter(([key]) => !['days', 'from', 'to'].includes(key)),
    );
    const named = Array.isArray(days) ? DAYS.filter((day) => days.includes(day)) : DAYS;
    return [{ days: named, from: part('from'), to: part('to'), rest }];
  });
}

/** Writes the list; every day of the week is left out, as it is the usual. */
export function writeQuiet(list: readonly QuietHours[]): Json {
  return list.map(
    ({ days, from, to, rest }): Json => ({
      ...(days.length < DAYS.length && { days: [...days] }),
      from,
      to,
      ...rest,
    }),
  );
}

/** What is wrong with the first of them that is wrong. */
export function quietProblem(list: Json): string | null {
  for (const { days, from, to } of readQuiet(list)) {
    const wrong = checks.timeOfDay(from) ?? checks.timeOfDay(to) ?? (days.length === 0 ? words.wrong.noDay : null);
    if (wrong !== null) return wrong;
  }
  return null;
}
