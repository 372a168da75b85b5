/** Answers what people ask about findings, and keeps what they decide: waivers. */
import type { FindingsView, FoundFinding, LintCalls, LintRuleView, Waiver } from '../../shared/lint.ts';
import { accountOf, type Finding, type HistoryEvent, type Instant, type TunnelKey } from '../../shared/model.ts';
import type { AccountLintView } from '../account-findings.ts';
import { type Desk, Refused } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../contract.ts';
import type { Ledger } from '../ledger/contract.ts';
import { findingName } from '../ledger/kept.ts';

export interface LintDeskParts {
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'waivers' | 'waive' | 'unwaive'>;
  readonly engine: Pick<Engine, 'lint' | 'history' | 'board'>;
  /** In the order of the families. */
  readonly rules: readonly LintRuleView[];
}

/** Nobody answers for a decision much longer than two years; two of them with a leap day. */
const LONGEST_WAIVER_MS = 731 * 86_400_000;
const RANK: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Worst first, then in the order of the rules, then by name. */
function sorted(findings: readonly FoundFinding[], rules: readonly LintRuleView[]): readonly FoundFinding[] {
  const order = new Map(rules.map(({ id }, place) => [id, place]));
  const place = ({ rule }: FoundFinding): number => order.get(rule) ?? rules.length;
  return [...findings].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      place(a) - place(b) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) ||
      (a.key < b.key ? -1 : 1),
  );
}

function newest(lists: readonly (readonly HistoryEvent[])[], limit: number): readonly HistoryEvent[] {
  return lists
    .flat()
    .sort((a, b) => b.seq - a.seq)
    .slice(0, limit);
}

/** The desk over an engine and its ledger. */
export function createLintDesk({ clock, ledger, engine, rules }: LintDeskParts): Desk<LintCalls> {
  const standsAgainst = (key: TunnelKey): AccountLintView['findings'] =>
    engine.lint.view(accountOf(key)).flatMap(({ findings }) => findings.filter((finding) => finding.key === key));

  return {
    findings({ accountId, key }): FindingsView {
      const views = engine.lint.view(key === undefined ? accountId : accountOf(key));
      const waivers = new Map(ledger.waivers().map((waiver) => [findingName(waiver.rule, waiver.key), waiver]));
      const found = views.flatMap(({ accountId: of, findings }) =>
        findings
          .filter((finding) => key === undefined || finding.key === key)
          .map((finding): FoundFinding => {
            const waiver = waivers.get(findingName(finding.rule, finding.key)) ?? null;
            return { ...finding, accountId: of, waiver };
          }),
      );
      return {
        findings: sorted(found, rules),
        notEvaluated: views.flatMap(({ notEvaluated }) => notEvaluated),
        surroundings: views.map(({ accountId: of, readAt, problem }) => ({ accountId: of, readAt, problem })),
      };
    },

    lintRules: () => rules,

    waive({ rule, key, by, reason, until }): Waiver {
      const at: Instant = clock.now();
      if (until <= at) throw new Refused('A waiver has to end in the future; choose a later day.');
      if (until - at > LONGEST_WAIVER_MS) {
        throw new Refused('A waiver may last two years at most; somebody should look at it again by then.');
      }
      if (!standsAgainst(key).some((finding) => finding.rule === rule)) {
        throw new Refused(`There is no finding ${rule} on this tunnel any more; nothing was waived.`);
      }
      const waiver: Waiver = { rule, key, by, reason, at, until };
      ledger.waive(waiver);
      engine.lint.rewaived(key);
      return waiver;
    },

    unwaive({ rule, key, by }): boolean {
      const ended = ledger.unwaive(rule, key, by, clock.now());
      if (ended) engine.lint.rewaived(key);
      return ended;
    },

    configEvents({ accountId, key, before, limit }): readonly HistoryEvent[] {
      const ask = (query: { key: TunnelKey | null; accountId: typeof accountId }): readonly HistoryEvent[] =>
        engine.history.events({ ...query, about: 'config', before, limit });
      if (key !== null) return ask({ key, accountId: null });
      if (accountId !== null) return ask({ key: null, accountId });
      const accounts = engine.board().status.accounts.map(({ id }) => ask({ key: null, accountId: id }));
      return newest(accounts, limit);
    },
  };
}
