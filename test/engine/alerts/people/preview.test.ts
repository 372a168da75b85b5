import { describe, expect, it } from 'vitest';
import type { TunnelView, World } from '../../../../src/engine/alerts/contract.ts';
import { previewSilence } from '../../../../src/engine/alerts/people/preview.ts';
import type { Alert, Matcher } from '../../../../src/shared/alerts.ts';
import type { AccountId, AccountStatus, BoardRow, TunnelKey } from '../../../../src/shared/model.ts';
import { alert, incident } from './stage.ts';

const ACCOUNT = 'acc' as AccountId;

function tunnel(name: string, site: string, tags: readonly string[] = []): TunnelView {
  const row: Partial<BoardRow> = {
    key: name as TunnelKey,
    accountId: ACCOUNT,
    name,
    site: { name: site, source: 'name' },
    cloudflareEndpoint: '203.0.113.1',
    customerEndpoint: null,
  };
  return { row: row as BoardRow, findings: [], modifiedAt: null, tags, heard: { list: null, health: null } };
}

function world(tunnels: readonly TunnelView[]): World {
  const account: Partial<AccountStatus> = { id: ACCOUNT, name: 'Example' };
  return {
    tunnel: () => null,
    tunnels: (id) => (id === ACCOUNT ? tunnels : []),
    accounts: () => [account as AccountStatus],
    store: () => ({ mode: 'ok', problem: null }) as unknown as ReturnType<World['store']>,
  };
}

function book(cases: Readonly<Record<string, readonly Alert[]>>) {
  return {
    open: () => Object.entries(cases).map(([id, alerts]) => incident(id, alerts)),
    alertsOf: (id: string) => cases[id] ?? [],
  };
}

const match = (name: Matcher['name'], value: string, op: Matcher['op'] = '='): Matcher => ({ name, op, value });
const fleet = world([tunnel('fra1-a', 'fra1'), tunnel('ams1-b', 'ams1', ['lab']), tunnel('ams1-a', 'ams1')]);
const two = book({
  'i-1': [alert(), alert({ tunnel: 'ams1-b', severity: 'warning' })],
  'i-2': [alert({ tunnel: 'fra1-a', site: 'fra1' }), alert({ tunnel: 'ams1-c', phase: 'pending' })],
});

describe('the preview of a silence', () => {
  it('counts alerts that fit, incidents that would be hidden whole, and tunnels, alert or not', () => {
    expect(previewSilence([match('site', 'ams1')], fleet, two)).toEqual({
      incidents: ['i-1'],
      alerts: 3,
      tunnels: 2,
      names: ['ams1-a', 'ams1-b'],
    });
  });

  it('rule and severity choose among alerts, not among tunnels', () => {
    expect(previewSilence([match('severity', 'warning'), match('rule', 'bgp-.*', '=~')], fleet, two)).toEqual({
      incidents: [],
      alerts: 1,
      tunnels: 3,
      names: ['ams1-a', 'ams1-b', 'fra1-a'],
    });
  });

  it('knows tags and accounts, and what nothing fits', () => {
    expect(previewSilence([match('tag', 'lab'), match('account', 'Example')], fleet, two).names).toEqual(['ams1-b']);
    expect(previewSilence([match('tunnel', 'nobody')], fleet, two)).toEqual({
      incidents: [],
      alerts: 0,
      tunnels: 0,
      names: [],
    });
  });

  it('what is over is no part of it, and names are twenty at most', () => {
    const ended = book({ 'i-1': [alert(), alert({ tunnel: 'fra1-a', site: 'fra1', phase: 'resolved' })] });
    expect(previewSilence([match('site', 'ams1')], fleet, ended)).toMatchObject({ incidents: ['i-1'], alerts: 1 });
    const many = world(Array.from({ length: 30 }, (_, i) => tunnel(`t-${i}`, 'ams1')));
    const seen = previewSilence([], many, ended);
    expect([seen.tunnels, seen.names.length]).toEqual([30, 20]);
  });
});
