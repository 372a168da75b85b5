/** From settings to alerting: its store beside the history, its sinks, its rules. */
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';
import { createAlerting } from '../alerts/alerting.ts';
import type { AlertConfig, Alerting } from '../alerts/contract.ts';
import { openNotifiers } from '../alerts/sinks/open-notifiers.ts';
import { openAlertStore } from '../alerts/store/open-store.ts';
import { alertConfig } from './alert-config.ts';
import type { Machine } from './open-engine.ts';
import type { Settings } from './schema.ts';

export const ALERTS_DB = 'alerts.db';

export interface OpenedAlerting {
  readonly alerting: Alerting;
  readonly warnings: readonly string[];
  /** Closes the ways to the receivers; call it once the alerting has stopped. */
  readonly close: () => Promise<void>;
}

/**
 * The person at this desktop hears of what is warning or critical, whatever the routes of the settings say: they are about
 * who is told elsewhere. Switching the desktop's notifications off is how to hear nothing.
 */
export function toldHere(config: AlertConfig, own: string | null): AlertConfig {
  if (own === null) return config;
  const matchers = [{ name: 'severity', op: '=~', value: 'warning|critical' }] as const;
  return { ...config, routes: [{ matchers, to: [own], escalate: [], remindMs: null, onward: true }, ...config.routes] };
}

/** `history` is the path of the history file; `null` keeps alerts in memory too. The error is one sentence. */
export async function openAlerting(
  settings: Settings,
  machine: Machine,
  history: string | null,
): Promise<Result<OpenedAlerting, string>> {
  const { clock, random, onBug } = machine;
  const opened = await openNotifiers(settings, machine);
  if (!opened.ok) return opened;
  const { notifiers, own, warnings, close } = opened.value;
  const path = history === null ? null : join(dirname(history), ALERTS_DB);
  const store = openAlertStore({ path, clock, retentionMs: settings.retention.changes });
  if (!store.ok) {
    await close();
    return err(store.error.sentence);
  }
  const config = toldHere(alertConfig({ ...settings, language: settings.language ?? machine.language }), own);
  return ok({
    alerting: createAlerting({ config, store: store.value, notifiers, clock, random, onBug }),
    warnings,
    close,
  });
}
