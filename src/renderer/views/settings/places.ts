/** Which places of the settings each form holds, what empty means there, and what may be written. */
import { parseDuration } from '../../../shared/duration-text.ts';
import type { Json, SettingsDocument } from '../../../shared/settings.ts';
import { settings as words } from '../../words/settings.ts';
import * as checks from './checks.ts';
import { accountsOf, type Path } from './document.ts';
import { quietProblem } from './quiet-hours.ts';

/** A place of the document; what is equal to `empty` is left out of the file. */
export interface Place {
  readonly path: Path;
  readonly empty: Json;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = 3650 * DAY;

const text = (...path: string[]): Place => ({ path, empty: '' });
type Wrong = Record<string, string | null>;
type Texts = Record<string, string>;

/** The usual values, as the schema of the settings has them: what an empty field means. */
export const USUAL = {
  interval: '30s',
  healthInterval: '60s',
  aging: '90d',
  due: '180d',
  stale: '365d',
  changes: '90d',
  rollups: '365d',
} as const;

const age = checks.duration(DAY, YEARS);
const length = (values: Texts, name: 'aging' | 'due' | 'stale'): number =>
  parseDuration(values[name] || USUAL[name]) ?? Number.NaN;

/** Ages each on its own, then in their order. */
function checkAges(values: Texts): Wrong {
  const { aging = '', due = '', stale = '' } = values;
  const order = (one: 'aging' | 'due', other: 'due' | 'stale'): string | null =>
    length(values, one) >= length(values, other) ? words.wrong.order : null;
  return {
    aging: age(aging),
    due: age(due) ?? order('aging', 'due'),
    stale: age(stale) ?? order('due', 'stale'),
  };
}

export const PLACES = {
  keys: {
    places: { aging: text('psk', 'aging'), due: text('psk', 'due'), stale: text('psk', 'stale') },
    check: checkAges,
  },
  network: {
    places: {
      proxy: text('network', 'proxy'),
      noProxy: text('network', 'noProxy'),
      caFile: text('network', 'caFile'),
    },
    check: ({ proxy = '' }: Texts): Wrong => ({ proxy: checks.proxy(proxy) }),
  },
  data: {
    places: {
      dir: text('data', 'dir'),
      changes: text('retention', 'changes'),
      rollups: text('retention', 'rollups'),
    },
    check: ({ changes = '', rollups = '' }: Texts): Wrong => ({ changes: age(changes), rollups: age(rollups) }),
  },
  language: { places: { language: text('language') }, check: (): Wrong => ({}) },
  quiet: {
    places: {
      quietHours: { path: ['alerts', 'quietHours'], empty: [] },
      zone: text('alerts', 'zone'),
    },
    check: ({ quietHours = [], zone = '' }: Record<string, Json>): Wrong => ({
      quietHours: quietProblem(quietHours),
      zone: checks.timeZone(String(zone)),
    }),
  },
} as const satisfies Record<string, { readonly places: Record<string, Place>; readonly check: unknown }>;

/** The places of one account, wherever it stands by now. */
export function accountPlaces(document: SettingsDocument, id: string): Readonly<Record<string, Place>> {
  const at = accountsOf(document).find((account) => account.id === id)?.at;
  if (at === undefined) return {};
  return Object.fromEntries(
    ['name', 'interval', 'healthInterval'].map((key) => [key, { path: ['accounts', at, key], empty: '' }]),
  );
}

const pace = checks.duration(10_000, HOUR);
export function checkAccount({ name = '', interval = '', healthInterval = '' }: Texts): Wrong {
  return { name: checks.filled(100)(name), interval: pace(interval), healthInterval: pace(healthInterval) };
}

/** A filter holds 200 letters at most. */
export function checkDesktop({ trayFilter = '' }: Record<string, Json>): Wrong {
  return { trayFilter: String(trayFilter).length > 200 ? words.wrong.long(200) : null };
}
