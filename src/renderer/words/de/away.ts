/** Worte des Streifens „seit dem letzten Besuch“. */
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { AwayNews } from '../en/away.ts';

export const label = 'Seit dem letzten Besuch';
/** `Seit dem letzten Besuch (Di 18:02, 14 h 3 min):`. */
export const since = (from: Instant, to: Instant): string =>
  `${label} (${shortTime(from, to)}, ${duration(to - from)}):`;
export const read = 'Lesen';
export const dismiss = 'Erledigt';
export const dismissTitle = 'Weglegen: das ist bekannt.';

/** `3 Störungen begonnen, 2 behoben; 5 Änderungen der Konfiguration`; was keine ist, fehlt. */
export function news({ opened, resolved, open, findings, changes }: AwayNews): string {
  const incidents = [
    opened > 0 ? `${plural(opened, 'Vorfall', 'Vorfälle')} begonnen` : null,
    resolved > 0 ? (opened > 0 ? `${resolved} behoben` : `${plural(resolved, 'Vorfall', 'Vorfälle')} behoben`) : null,
    open > 0 && opened + resolved > 0 ? `${open} jetzt offen` : null,
  ];
  const rest = [
    changes > 0 ? plural(changes, 'Änderung der Konfiguration', 'Änderungen der Konfiguration') : null,
    findings > 0 ? plural(findings, 'neuer Befund', 'neue Befunde') : null,
  ];
  return [incidents, rest]
    .map((part) => part.filter((text) => text !== null).join(', '))
    .filter((text) => text !== '')
    .join('; ');
}
