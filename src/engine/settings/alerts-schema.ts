/** Alerting in the settings, key `alerts`. What it means to the engine is in `alert-config.ts`. */
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { ALERT_RULES, ALERT_SEVERITIES, type AlertRule } from '../../shared/alerts.ts';
import { flag, span, text } from './fields.ts';
import { match } from './match-field.ts';
import { sink, takesNotices } from './sinks-schema.ts';
import { suggest } from './suggest.ts';

export { alertConfig } from './alert-config.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const rule = z.strictObject(
  {
    enabled: flag.optional(),
    severity: z.enum(ALERT_SEVERITIES, { error: `one of ${ALERT_SEVERITIES.join(', ')}` }).optional(),
    pending: span(0, DAY).optional(),
    recover: span(0, DAY).optional(),
  },
  { error: 'the settings { enabled, severity, pending, recover }' },
);
const optionalRule = rule.optional();
const rules = z
  .strictObject(
    Object.fromEntries(ALERT_RULES.map((one) => [one, optionalRule])) as Record<AlertRule, typeof optionalRule>,
    { error: 'a mapping from rules to their settings' },
  )
  .prefault({});

const SINKS = 'the name of a sink, or a list of them';
const sinkName = z.string({ error: SINKS }).max(100, { error: SINKS });
const to = z
  .union([sinkName, z.array(sinkName, { error: SINKS }).max(50, { error: SINKS })], { error: SINKS })
  .transform((written): readonly string[] => (typeof written === 'string' ? [written] : written));

const route = z.strictObject(
  {
    match: match.optional(),
    to,
    escalate: z
      .array(z.strictObject({ after: span(10_000, 7 * DAY), to }, { error: 'a step: { after, to }' }), {
        error: 'a list of steps { after, to }',
      })
      .max(20, { error: 'at most 20 steps' })
      .prefault([]),
    remind: span(MINUTE, 7 * DAY).optional(),
    continue: flag.prefault(false),
  },
  { error: 'a route: { match, to, escalate, remind, continue }' },
);

const ZONE = 'an IANA time zone such as Europe/Amsterdam';
const zone = z.string({ error: ZONE }).refine((written) => IANAZone.isValidZone(written), { error: ZONE });

const TIME = 'a time of the day such as 22:30, in quotes where it stands alone';
const timeOfDay = z
  .string({ error: TIME })
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: TIME, abort: true })
  .transform((written) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3)));

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAYS_EXPECTED = `a list of ${DAYS.join(', ')}`;
const days = z
  .array(z.enum(DAYS, { error: `one of ${DAYS.join(', ')}` }), { error: DAYS_EXPECTED })
  .min(1, { error: DAYS_EXPECTED })
  .transform((written): readonly number[] => [...new Set(written.map((day) => DAYS.indexOf(day) + 1))].sort());
const everyDay = days.prefault([...DAYS]);

const MOMENT = 'a moment such as 2026-12-24T18:00, in the zone, or with an offset of its own';
const moment = z.string({ error: MOMENT }).refine((written) => DateTime.fromISO(written).isValid, { error: MOMENT });

const window = z
  .strictObject(
    {
      name: text('a name of 1 to 100 characters', 100),
      match: match.optional(),
      days: everyDay,
      from: timeOfDay.optional(),
      to: timeOfDay.optional(),
      starts: moment.optional(),
      ends: moment.optional(),
      zone: zone.optional(),
    },
    { error: 'a window: { name, match, days, from, to, zone } or { name, match, starts, ends, zone }' },
  )
  .superRefine((one, context) => {
    const recurs = one.from !== undefined && one.to !== undefined;
    const once = one.starts !== undefined && one.ends !== undefined;
    const half =
      (one.from === undefined) !== (one.to === undefined) || (one.starts === undefined) !== (one.ends === undefined);
    if (half || recurs === once) {
      context.addIssue({ code: 'custom', path: [], message: 'either from and to, or starts and ends' });
    }
  });

const quiet = z.strictObject(
  { days: everyDay, from: timeOfDay, to: timeOfDay, zone: zone.optional() },
  { error: 'quiet hours: { days, from, to, zone }' },
);

const LINK = 'the address of this app as people open it, such as https://noc.example/';
const link = z
  .string({ error: LINK })
  .max(2048, { error: LINK })
  .refine((written) => URL.canParse(written) && /^https?:$/.test(new URL(written).protocol), { error: LINK });

const override = z.strictObject({ match, rules }, { error: 'an override: { match, rules }' });
const TAG = 'a tag without blanks, of 1 to 50 characters';
const tag = z.strictObject(
  { tag: text(TAG, 50).regex(/^[^\s#]+$/, { error: TAG }), match },
  { error: 'a tag: { tag, match }' },
);

const list = <T extends z.ZodType>(one: T, expected: string, most: number) =>
  z.array(one, { error: `a list of ${expected}` }).max(most, { error: `at most ${most} ${expected}` });

const fields = z.strictObject(
  {
    rules,
    overrides: list(override, 'overrides', 500).prefault([]),
    tags: list(tag, 'tags', 500).prefault([]),
    sinks: list(sink, 'sinks', 50).prefault([]),
    /** Left out: all sinks hear of what is warning or critical. */
    routes: list(route, 'routes', 500).optional(),
    maintenance: list(window, 'windows', 200).prefault([]),
    quietHours: list(quiet, 'quiet hours', 50).prefault([]),
    /** Left out: the zone of this machine. */
    zone: zone.optional(),
    link: link.optional(),
  },
  { error: 'the settings { rules, overrides, tags, sinks, routes, maintenance, quietHours, zone, link }' },
);
type Fields = z.output<typeof fields>;
type Add = (path: (string | number)[], message: string) => void;

/** Names that stand in a list twice. */
function checkNames(key: string, named: readonly { readonly name: string }[], add: Add): void {
  const seen = new Set<string>();
  for (const [index, { name }] of named.entries()) {
    if (seen.has(name)) add([key, index, 'name'], `a name of its own: ${JSON.stringify(name)} is taken already`);
    seen.add(name);
  }
}

function checkSinkNames({ sinks }: Fields, path: (string | number)[], names: readonly string[], add: Add): void {
  const able = sinks.filter(takesNotices).map(({ name }) => name);
  for (const name of names) {
    const found = sinks.find((one) => one.name === name);
    const near = suggest(name, able);
    if (found === undefined) {
      const hint = near === null ? `the sinks are ${able.join(', ') || 'missing'}` : `did you mean ${near}?`;
      add(path, `names of sinks; there is no ${JSON.stringify(name)}, ${hint}`.replace(/\?$/, ''));
    } else if (!takesNotices(found)) {
      add(path, `sinks that take notices; ${JSON.stringify(name)} is a ${found.type} and takes none`);
    }
  }
}

function checkRoutes(read: Fields, add: Add): void {
  for (const [index, one] of (read.routes ?? []).entries()) {
    const at = ['routes', index];
    checkSinkNames(read, [...at, 'to'], one.to, add);
    let last = 0;
    for (const [step, { after, to: names }] of one.escalate.entries()) {
      checkSinkNames(read, [...at, 'escalate', step, 'to'], names, add);
      if (after <= last) add([...at, 'escalate', step, 'after'], 'a later time than that of the step before');
      last = after;
    }
  }
}

/** Alerting as written and as read. */
export const alerts = fields
  .superRefine((read, context) => {
    const add: Add = (path, message) => context.addIssue({ code: 'custom', path, message });
    checkNames('sinks', read.sinks, add);
    checkNames('maintenance', read.maintenance, add);
    checkRoutes(read, add);
    for (const [index, { starts, ends, zone: own }] of read.maintenance.entries()) {
      if (starts === undefined || ends === undefined) continue;
      const at = (written: string): number => DateTime.fromISO(written, { zone: own ?? read.zone ?? 'UTC' }).toMillis();
      if (at(ends) <= at(starts)) add(['maintenance', index, 'ends'], 'a moment after starts');
    }
  })
  .prefault({});
