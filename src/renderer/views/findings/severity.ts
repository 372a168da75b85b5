import type { AlertSeverity } from '../../../shared/alerts.ts';
import type { Finding } from '../../../shared/model.ts';

/** The mark of a finding: the same shapes as those of incidents. */
export const MARKS: Readonly<Record<Finding['severity'], AlertSeverity>> = {
  error: 'critical',
  warning: 'warning',
  info: 'info',
};
