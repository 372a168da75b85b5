/**
 * The desks over an engine: findings, operations, keys, the past, reports. Both hosts and practice mode open them here, so that
 * each offers the same.
 */
import { randomUUID } from 'node:crypto';
import type { BoardRow } from '../../shared/model.ts';
import { type Desks, NO_DESKS } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { Engine, EngineAccount } from '../contract.ts';
import type { Vault } from '../credentials/vault.ts';
import type { History } from '../history/contract.ts';
import { createKeysDesk } from '../keys/desk.ts';
import type { KeyPolicies } from '../keys/policies.ts';
import type { Ledger } from '../ledger/contract.ts';
import { lintRuleViews } from '../lint/catalogue/catalogue.ts';
import { createLintDesk } from '../lint/desk.ts';
import type { WriteAccount } from '../operations/contract.ts';
import { operationsOver } from '../operations/over-engine.ts';
import { createPastDesk } from '../past/desk.ts';
import { createReportsDesk } from '../reports/desk.ts';
import type { Objectives } from '../reports/objectives.ts';

/** What desks stand on. */
export interface DeskParts {
  readonly clock: Clock;
  readonly history: History;
  readonly ledger: Ledger;
  readonly accounts: readonly EngineAccount[];
  readonly policies: KeyPolicies;
  readonly objectives: Objectives;
  /** The accounts again, as somebody who may change them has them. */
  readonly writing: readonly WriteAccount[];
  /** Where a new key can be kept. */
  readonly keychain: Vault;
}

/** For `EngineOptions.desks`. */
export function openDesks({
  clock,
  history,
  ledger,
  accounts,
  policies,
  objectives,
  writing,
  keychain,
}: DeskParts): (engine: Engine) => Desks {
  return (engine) => {
    const rows = (): readonly BoardRow[] => engine.board().rows;
    const past = createPastDesk({ clock, past: history.past, alerts: () => engine.alerts, rows, accounts });
    const reports = createReportsDesk({
      clock,
      past: history.past,
      objectives,
      accounts,
      rows,
      alerts: () => engine.alerts,
      keys: () => engine.desks.keys,
      lint: () => engine.desks.lint,
    });
    const operations = operationsOver(engine, { clock, accounts: writing, ledger, keychain });
    const keys = createKeysDesk({
      engine,
      clock,
      ledger,
      operations,
      policies,
      beside: (accountId) => engine.lint.known(accountId),
      newId: randomUUID,
    });
    const lint = createLintDesk({ clock, ledger, engine, rules: lintRuleViews() });
    return { ...NO_DESKS, lint, past, reports, operations, keys };
  };
}
