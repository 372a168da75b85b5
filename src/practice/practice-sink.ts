/** The receiver of practice mode: it takes every notice and tells nobody, so that the delivery log shows how it would be. */
import type { AlertConfig, Notifier } from '../engine/alerts/contract.ts';
import { alertConfig } from '../engine/settings/alert-config.ts';
import { settingsSchema } from '../engine/settings/schema.ts';
import { NOTICE_KINDS } from '../shared/alerts.ts';

export const practiceSink: Notifier = {
  name: 'on-call',
  type: 'practice',
  target: 'this page',
  kinds: NOTICE_KINDS.filter((kind) => kind !== 'update'),
  deliver: async () => ({ ok: true, sentence: 'Practice: nothing left this machine.' }),
};

/** The rules as they come, and what is worth a page to the one receiver. */
export function practiceAlerts(): AlertConfig {
  return {
    ...alertConfig(settingsSchema.parse({})),
    routes: [
      {
        matchers: [{ name: 'severity', op: '=~', value: 'warning|critical' }],
        to: [practiceSink.name],
        escalate: [],
        remindMs: null,
        onward: false,
      },
    ],
  };
}
