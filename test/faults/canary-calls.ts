/** Calls of the desks with arguments that are good, for whoever has to ask everything once. */
import type { CallName } from '../../src/shared/bridge.ts';
import type { AccountId, TunnelKey } from '../../src/shared/model.ts';

/** One question of each kind. `psk`: a key that is somebody's own. */
export function deskQuestions(
  { accountId, key, psk, token }: { accountId: AccountId; key: TunnelKey; psk: string; token: string },
  now: number,
): { readonly [N in CallName]?: unknown } {
  const by = 'me';
  const stretch = { from: now - 3_600_000, to: now };
  const change = { description: 'canary' };
  return {
    findings: { accountId: null },
    lintRules: {},
    waive: { rule: 'canary', key, by, reason: 'none', until: now + 86_400_000 },
    unwaive: { rule: 'canary', key, by },
    configEvents: { accountId: null, key: null, before: null, limit: 100 },
    writing: {},
    setWriteToken: { accountId, token, keep: 'session', by },
    unlock: { accountId, forMs: 600_000, by },
    plan: { operation: { kind: 'update', key, change } },
    confirm: { plan: 'none', typed: null, by },
    discard: { plan: 'none' },
    audit: { before: null, limit: 100 },
    keepKey: { key, psk, by },
    keys: {},
    keysCalendar: {},
    rotations: {},
    startRotation: { key, by },
    rotation: { id: 'none' },
    rotationKey: { id: 'none', own: psk, despite: [], by },
    rotationDone: { id: 'none', step: 'router', by },
    abandonRotation: { id: 'none', by },
    lock: { accountId, by },
    removeWriteToken: { accountId, by },
    pastRange: {},
    past: { at: now - 60_000 },
    pastMarks: { ...stretch, limit: 100 },
    pastStretch: stretch,
    availabilityReport: { ...stretch, scope: 'tunnel', accountId: null, degraded: 'up' },
    heatMap: { ...stretch, accountId: null, cell: 'hour' },
    restlessness: { ...stretch, accountId: null },
    incidentReport: stretch,
    shiftReport: stretch,
    walls: {},
    wallHere: { name: 'canary', view: 'board', muted: false, audible: false },
    commandWall: { wall: 'canary', command: { what: 'reload' } },
  };
}
