/** Who or what hides an incident, by name. Pure. */
import type { MaintenanceView, Silence } from '../../../shared/alerts.ts';
import { alerts as words } from '../../words/alerts.ts';

/** The names of silences and windows. One that the host no longer lists keeps its id as its name. */
export function silenceNames(
  ids: readonly string[],
  {
    silences,
    maintenance,
  }: { readonly silences: readonly Silence[]; readonly maintenance: readonly MaintenanceView[] },
): readonly string[] {
  return ids.map((id) => {
    const silence = silences.find((one) => one.id === id);
    if (silence !== undefined) return words.silenceName(silence.by, silence.comment);
    const window = maintenance.find((one) => one.id === id);
    return words.maintenanceName(window?.name ?? id.replace(/^maintenance:/, ''));
  });
}
