import { describe, expect, it } from 'vitest';
import type { AlertConfig, TunnelView, World } from '../../../src/engine/alerts/contract.ts';
import { tagsIn, withTags } from '../../../src/engine/alerts/tags.ts';
import type { AccountId, BoardRow, TunnelKey } from '../../../src/shared/model.ts';
import { fakeRow } from '../../fakes/engine.ts';

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;

function worldOf(rows: readonly BoardRow[]): World {
  const view = (row: BoardRow): TunnelView => ({
    row,
    findings: [],
    modifiedAt: null,
    tags: [],
    heard: { list: null, health: null },
  });
  return {
    tunnel: (key: TunnelKey) => rows.filter((row) => row.key === key).map(view)[0] ?? null,
    tunnels: () => rows.map(view),
    accounts: () => [],
    store: () => ({ mode: 'memory', problem: null, path: null }),
  };
}

describe('tags in a description', () => {
  it.each([
    [null, []],
    ['Primary, circuit 4000', []],
    ['Primary #lab', ['lab']],
    ['#Lab #site-a, then text', ['lab', 'site-a']],
    ['ticket #4711 and a#b', []],
    ['(#no) “#ja”', []],
    ['#größe', ['größe']],
  ])('%j gives %j', (text, tags) => expect(tagsIn(text)).toEqual(tags));
});

describe('a world with tags', () => {
  const rows = [0, 1, 2].map((index) => ({
    ...fakeRow(ACCOUNT, index),
    description: index === 0 ? 'spare #lab' : null,
  }));
  const config: Pick<AlertConfig, 'tags'> = {
    tags: [
      { tag: 'Gold', matchers: [{ name: 'tunnel', op: '=~', value: 'site-0-.*' }] },
      { tag: 'lab', matchers: [{ name: 'site', op: '=', value: 'site-0' }] },
      { tag: 'home', matchers: [{ name: 'account', op: '=', value: 'Acme' }] },
    ],
  };
  const world = withTags(worldOf(rows), config, () => 'Acme');

  it('joins what is written with what the settings give, each once', () => {
    expect([...world.tunnels(ACCOUNT)].map(({ tags }) => tags)).toEqual([
      ['lab', 'gold', 'home'],
      ['gold', 'lab', 'home'],
      ['home'],
    ]);
    expect(world.tunnel(rows[0]?.key as TunnelKey)?.tags).toEqual(['lab', 'gold', 'home']);
  });

  it('sees a changed row anew', () => {
    const renamed = { ...(rows[2] as BoardRow), name: 'site-0-c' };
    expect(withTags(worldOf([renamed]), config, () => 'Acme').tunnel(renamed.key)?.tags).toEqual(['gold', 'home']);
  });
});
