/** From settings to objectives of availability. */
import { tagger } from '../alerts/tags.ts';
import { type Objectives, objectives } from '../reports/objectives.ts';
import { alertConfig } from './alert-config.ts';
import type { Settings } from './schema.ts';

/** Tags are those that alerts know: in descriptions, and by `alerts.tags`. */
export function objectivesOf(settings: Pick<Settings, 'slo' | 'alerts' | 'accounts'>): Objectives {
  const names = new Map(settings.accounts.map(({ id, name }) => [id, name]));
  const nameOf = (id: Parameters<typeof names.get>[0]): string => names.get(id) ?? id;
  return objectives(settings.slo, nameOf, tagger(alertConfig(settings), nameOf));
}
