/** Whether an account was seen, while its history is lived through again. */
import type { AccountId, AccountStatus, Fault, HistoryEvent, Instant, Millis } from '../../../shared/model.ts';
import { FAULT_KINDS, type FaultKind } from '../../../shared/model.ts';
import type { Gap, GapSource } from '../../history/contract.ts';
import { FRESH_INTERVALS } from '../../poll/sight.ts';

export interface Pace {
  readonly list: Millis;
  readonly health: Millis;
}

interface Blind {
  readonly since: Instant;
  readonly fault: Fault;
}

function faultOf({ detail }: HistoryEvent): Fault {
  const said = FAULT_KINDS.find((kind) => kind === detail.kind);
  const kind: FaultKind = said ?? 'internal';
  const sentence = typeof detail.sentence === 'string' ? detail.sentence : '';
  return { kind, sentence, status: null, code: null, retryAfterMs: null, permission: null, cfRay: null };
}

const BLIND_EVENTS = { blind: 'list', 'health-blind': 'health' } as const;
const SEEING_EVENTS = { seeing: 'list', 'health-seeing': 'health' } as const;

export class LivedAccount {
  readonly id: AccountId;
  readonly #name: string;
  readonly #pace: Pace;
  readonly #gaps: Readonly<Record<GapSource, readonly Gap[]>>;
  readonly #blind: Record<GapSource, Blind | null> = { list: null, health: null };
  /** Monotonic moments of the newest answers. */
  readonly heard: Record<GapSource, Millis | null> = { list: null, health: null };

  constructor(id: AccountId, name: string, pace: Pace, gaps: readonly Gap[]) {
    this.id = id;
    this.#name = name;
    this.#pace = pace;
    const own = gaps.filter(({ accountId }) => accountId === id);
    this.#gaps = {
      list: own.filter(({ source }) => source === 'list'),
      health: own.filter(({ source }) => source === 'health'),
    };
  }

  /** Was it looked at then? */
  looked(source: GapSource, now: Instant): boolean {
    if (this.#blind[source] !== null) return false;
    return !this.#gaps[source].some(({ from, to }) => from < now && (to === null || now < to));
  }

  /** Nobody was there to look: the host slept or did not run. */
  absent(now: Instant): boolean {
    return this.#blind.list === null && !this.looked('list', now);
  }

  event(event: HistoryEvent): void {
    if (event.kind === 'blind' || event.kind === 'health-blind') {
      const { since } = event.detail;
      this.#blind[BLIND_EVENTS[event.kind]] = {
        since: typeof since === 'number' ? since : event.at,
        fault: faultOf(event),
      };
    }
    if (event.kind === 'seeing' || event.kind === 'health-seeing') this.#blind[SEEING_EVENTS[event.kind]] = null;
  }

  /** A new process knows of no answer, and of no trouble yet. */
  restarted(): void {
    this.heard.list = null;
    this.heard.health = null;
    this.#blind.list = null;
    this.#blind.health = null;
  }

  status(mono: Millis, tunnels: number): AccountStatus {
    const { list, health } = this.heard;
    const blind = this.#blind.list;
    return {
      id: this.id,
      name: this.#name,
      phase: blind !== null ? 'blind' : list === null ? 'starting' : 'seeing',
      blind,
      failing: blind,
      healthBlind: this.#blind.health,
      listAgeMs: list === null ? null : mono - list,
      healthAgeMs: health === null ? null : mono - health,
      intervalMs: this.#pace.list,
      healthIntervalMs: this.#pace.health,
      staleAfterMs: FRESH_INTERVALS * this.#pace.list,
      healthStaleAfterMs: FRESH_INTERVALS * this.#pace.health,
      nextPollInMs: 0,
      tunnels,
      unreadable: [],
      budget: { used: 0, limit: 0, remainingSaid: null, blockedForMs: null },
    };
  }
}
