/** How bad the loss of one tunnel is. */
import type { AlertSeverity } from '../../../shared/alerts.ts';
import type { TunnelLook } from './rule.ts';

/** Critical where nothing else serves the site; a standby, which carries no traffic, is never worse than a warning. */
export function outageSeverity({ view, served }: TunnelLook): AlertSeverity {
  return view.row.idle === true || served() ? 'warning' : 'critical';
}
