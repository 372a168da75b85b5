import { describe, expect, it } from 'vitest';
import { AlertsBoard, joinDeltas, RESOLVED_SHOWN_MS } from '../../../src/engine/alerts/view.ts';
import type { AlertsDelta, Incident } from '../../../src/shared/alerts.ts';

const incident = (id: string, part: Partial<Incident> = {}): Incident => ({
  id,
  cause: { kind: 'app' },
  severity: 'warning',
  phase: 'firing',
  since: 0,
  exact: true,
  openedAt: 0,
  changedAt: 0,
  resolvedAt: null,
  rules: [],
  accountIds: [],
  counts: { pending: 0, firing: 1, recovering: 0, resolved: 0 },
  tunnels: 0,
  lead: {
    id: 'a',
    rule: 'store-failing',
    severity: 'warning',
    phase: 'firing',
    subject: { kind: 'app' },
    since: 0,
    exact: true,
    firedAt: 0,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: {},
  },
  priorChange: null,
  returns: 0,
  acknowledgement: null,
  silencedBy: [],
  fresh: true,
  delivery: 'none',
  ...part,
});
const delta = (part: Partial<AlertsDelta>): AlertsDelta => ({
  incidents: [],
  removed: [],
  silences: null,
  maintenance: null,
  status: null,
  ...part,
});

describe('the view of alerts', () => {
  it('tells what changed and nothing else', () => {
    const board = new AlertsBoard();
    expect(board.change({ incidents: [incident('i-1')], silences: [], maintenance: [] }, 0)?.incidents).toHaveLength(1);
    expect(board.change({ incidents: [incident('i-1')], silences: [], maintenance: [] }, 1)).toBeNull();
    expect(board.change({ incidents: [incident('i-1', { severity: 'critical' })] }, 2)?.silences).toBeNull();
    expect(board.view.incidents.map(({ severity }) => severity)).toEqual(['critical']);
  });

  it('lets go of what was resolved a day ago, and of nothing that is open', () => {
    const board = new AlertsBoard();
    board.change({ incidents: [incident('i-1', { phase: 'resolved', resolvedAt: 10 }), incident('i-2')] }, 10);
    expect(board.change({}, 10 + RESOLVED_SHOWN_MS)).toBeNull();
    expect(board.change({}, 11 + RESOLVED_SHOWN_MS)?.removed).toEqual(['i-1']);
    expect(board.view.incidents.map(({ id }) => id)).toEqual(['i-2']);
  });

  it('joins two deltas: the later word counts, and what came back is not gone', () => {
    const first = delta({ incidents: [incident('i-1'), incident('i-2')], removed: ['i-3'], silences: [] });
    const second = delta({ incidents: [incident('i-1', { severity: 'info' }), incident('i-3')], removed: ['i-2'] });
    const joined = joinDeltas(first, second);
    expect(joined.incidents.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['i-1 info', 'i-3 warning']);
    expect(joined.removed).toEqual(['i-2']);
    expect(joined.silences).toEqual([]);
    expect(joined.maintenance).toBeNull();
  });
});
