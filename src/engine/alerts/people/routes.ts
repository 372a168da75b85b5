/** Which sinks alerts are for. Pure. */
import type { Alert } from '../../../shared/alerts.ts';
import type { Millis } from '../../../shared/model.ts';
import type { Labels, Route } from '../contract.ts';
import { compile, type Fits, labelsOf } from '../match.ts';

/** A step of escalation. */
export interface Step {
  /** What it is, over restarts and changes of other routes. */
  readonly key: string;
  readonly afterMs: Millis;
  readonly to: readonly string[];
  /** Sinks that are told first: the step waits for them. */
  readonly of: readonly string[];
}

/** Where a set of alerts goes. */
export interface Way {
  /** Sinks to tell at once, each once, in the order of the routes. */
  readonly to: readonly string[];
  /** The soonest first. */
  readonly steps: readonly Step[];
  /** How often each sink is reminded: the shortest that a route asks for. */
  readonly remind: ReadonlyMap<string, Millis>;
}

export type Routing = (alerts: readonly Alert[]) => Way;

/**
 * Each alert goes to the first route that fits it, and to later ones while routes say `onward`; alerts that are told as one
 * go to all of their sinks. Information pages nobody by accident: a route without a word on severity takes warning and
 * critical alone.
 */
export function routing(routes: readonly Route[]): Routing {
  const ready = routes.map((route) => ({ route, fits: fitsRoute(route) }));
  const taken = (labels: Labels): readonly Route[] => {
    const fitting = ready.filter(({ fits }) => fits(labels)).map(({ route }) => route);
    const last = fitting.findIndex(({ onward }) => !onward);
    return last === -1 ? fitting : fitting.slice(0, last + 1);
  };
  return (alerts) => {
    const found = new Set(alerts.flatMap((alert) => taken(labelsOf(alert))));
    return wayOf(routes.filter((route) => found.has(route)));
  };
}

function fitsRoute({ matchers }: Route): Fits {
  const fits = compile(matchers);
  if (matchers.some(({ name }) => name === 'severity')) return fits;
  return (labels) => !labels.severity.includes('info') && fits(labels);
}

function wayOf(routes: readonly Route[]): Way {
  const steps = new Map<string, Step>();
  const remind = new Map<string, Millis>();
  for (const { to, escalate, remindMs } of routes) {
    for (const step of escalate) {
      const key = `${step.afterMs} ${step.to.join(' ')}`;
      steps.set(key, { ...step, key, of: [...(steps.get(key)?.of ?? []), ...to] });
    }
    if (remindMs === null) continue;
    for (const sink of [...to, ...escalate.flatMap((step) => step.to)]) {
      remind.set(sink, Math.min(remindMs, remind.get(sink) ?? remindMs));
    }
  }
  return {
    to: [...new Set(routes.flatMap(({ to }) => to))],
    steps: [...steps.values()].sort((a, b) => a.afterMs - b.afterMs),
    remind,
  };
}
