/** A linter over the rules that judge a list alone. It judges all tunnels again when one changes. */
import type { NotEvaluated } from '../../shared/lint.ts';
import type { Finding, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { LintDifference, Linter, LintStep } from './contract.ts';
import { lintContext, lintTunnel } from './lint.ts';

type Judged = ReadonlyMap<TunnelKey, readonly Finding[]>;

const same = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a.length === b.length && a.every(({ rule, evidence }, i) => b[i]?.rule === rule && b[i]?.evidence === evidence);

/** Starts without tunnels. */
export function presentLinter(): Linter {
  let tunnels: ReadonlyMap<TunnelKey, Tunnel> = new Map();
  let found: Judged = new Map();
  let judged = 0;

  const after = (step: Pick<LintStep, 'changed' | 'removed'>): ReadonlyMap<TunnelKey, Tunnel> => {
    const next = new Map(tunnels);
    for (const tunnel of step.changed ?? []) next.set(tunnel.key, tunnel);
    for (const key of step.removed ?? []) next.delete(key);
    return next;
  };
  const judge = (all: ReadonlyMap<TunnelKey, Tunnel>): Judged => {
    const context = lintContext(all.values());
    judged += all.size;
    return new Map([...all].map(([key, tunnel]) => [key, lintTunnel(tunnel, context)]));
  };
  const missingFrom = (a: Judged, b: Judged): readonly Finding[] =>
    [...a].flatMap(([key, list]) => list.filter((f) => !(b.get(key) ?? []).some(({ rule }) => rule === f.rule)));

  return {
    apply(step) {
      if (step.changed === undefined && step.removed === undefined) return new Set();
      tunnels = after(step);
      const next = judge(tunnels);
      const before = found;
      found = next;
      return new Set([...next].filter(([key, list]) => !same(list, before.get(key) ?? [])).map(([key]) => key));
    },
    findings: (key) => found.get(key) ?? [],
    accountFindings: () => [],
    notEvaluated: (): readonly NotEvaluated[] => [],
    again: null,
    whatIf(step): LintDifference {
      const next = judge(after(step));
      return { causes: missingFrom(next, found), solves: missingFrom(found, next) };
    },
    get judged() {
      return judged;
    },
  };
}
