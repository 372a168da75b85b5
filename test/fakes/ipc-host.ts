/**
 * A host that remembers what it was asked and says what the test wants said.
 */

import type { IpcHost } from '../../src/main/ipc.ts';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import type { BoardMessage, HostMessage, PulseMessage } from '../../src/shared/bridge.ts';
import type { EngineStatus } from '../../src/shared/model.ts';

const STATUS: EngineStatus = {
  version: '0.0.0-test',
  practice: false,
  startedAt: 0,
  now: 0,
  store: { mode: 'memory', problem: null, path: null },
  accounts: [],
};

export const EMPTY_BOARD: BoardMessage = {
  type: 'board',
  status: STATUS,
  policy: { agingMs: 1, dueMs: 2, staleMs: 3 },
  rows: [],
  alerts: NO_ALERTS,
};
export const PULSE: PulseMessage = { type: 'pulse', status: STATUS };

/** An `IpcHost` with its records open. */
export interface RecordingHost extends IpcHost {
  readonly calls: { name: string; args: unknown }[];
  readonly listeners: ReadonlySet<(message: HostMessage) => void>;
  announce(message: HostMessage): void;
}

/** Answers every call with `{ ok: true, value: null }` and every subscription with an empty board. */
export function recordingHost(): RecordingHost {
  const calls: { name: string; args: unknown }[] = [];
  const listeners = new Set<(message: HostMessage) => void>();
  return {
    calls,
    listeners,
    subscribe(listener) {
      listeners.add(listener);
      listener(EMPTY_BOARD);
      return () => listeners.delete(listener);
    },
    async call(name, args) {
      calls.push({ name, args });
      return { ok: true, value: null };
    },
    announce(message) {
      for (const listener of [...listeners]) listener(message);
    },
  };
}
