/** What the tray and the notifications know of the host: the last full board with everything that changed since. */
import type { Incident } from '../shared/alerts.ts';
import type { HostMessage } from '../shared/bridge.ts';
import type { AccountId, BoardRow, Millis, TunnelKey } from '../shared/model.ts';
import type { EngineStatus } from '../shared/status.ts';

/** The board at a moment. */
export interface BoardNow {
  readonly status: EngineStatus;
  readonly rows: readonly BoardRow[];
  /** Open incidents, and those that were resolved lately. */
  readonly incidents: readonly Incident[];
  /** How long ago the status was received: its ages have grown by so much. */
  readonly sinceReceipt: Millis;
}

/** Keeps up with a subscription. `null` until the first board. */
export class BoardMirror {
  readonly #rows = new Map<TunnelKey, BoardRow>();
  readonly #incidents = new Map<string, Incident>();
  #status: EngineStatus | null = null;
  #receivedAt: Millis = 0;

  /** @param mono Monotonic time of its arrival. */
  take(message: HostMessage, mono: Millis): void {
    this.#status = message.status;
    this.#receivedAt = mono;
    switch (message.type) {
      case 'board':
        this.#rows.clear();
        this.#incidents.clear();
        for (const row of message.rows) this.#rows.set(row.key, row);
        for (const incident of message.alerts.incidents) this.#incidents.set(incident.id, incident);
        break;
      case 'delta':
        for (const key of message.removed) this.#rows.delete(key);
        for (const row of message.rows) this.#rows.set(row.key, row);
        for (const id of message.alerts?.removed ?? []) this.#incidents.delete(id);
        for (const incident of message.alerts?.incidents ?? []) this.#incidents.set(incident.id, incident);
        break;
      case 'pulse':
        break;
    }
  }

  incident(id: string): Incident | undefined {
    return this.#incidents.get(id);
  }

  /** The name of an account, else its id. */
  accountName(id: AccountId): string {
    return this.#status?.accounts.find((account) => account.id === id)?.name ?? id;
  }

  now(mono: Millis): BoardNow | null {
    if (this.#status === null) return null;
    return {
      status: this.#status,
      rows: [...this.#rows.values()],
      incidents: [...this.#incidents.values()],
      sinceReceipt: Math.max(0, mono - this.#receivedAt),
    };
  }
}
