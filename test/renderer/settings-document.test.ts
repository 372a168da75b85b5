import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/engine/settings/load.ts';
import * as checks from '../../src/renderer/views/settings/checks.ts';
import { accountsOf, nameOf, valueAt, withValue } from '../../src/renderer/views/settings/document.ts';
import { quietProblem, readQuiet, writeQuiet } from '../../src/renderer/views/settings/quiet-hours.ts';
import { DOCUMENT } from './harness/settings.ts';

describe('places of the settings', () => {
  it('are read and written without touching anything else', () => {
    const path = ['accounts', 1, 'interval'] as const;
    const next = withValue(DOCUMENT, path, '45s');
    expect(valueAt(next, path)).toBe('45s');
    expect(valueAt(DOCUMENT, path)).toBeUndefined();
    expect(withValue(next, path, undefined)).toEqual(DOCUMENT);
    expect(withValue({}, ['psk', 'due'], '1d')).toEqual({ psk: { due: '1d' } });
    expect(withValue({}, ['psk', 'due'], undefined)).toEqual({});
    expect(Object.keys(withValue(DOCUMENT, ['psk', 'due'], '1d'))).toEqual(Object.keys(DOCUMENT));
  });

  it('never reach what objects inherit', () => {
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt({ a: [] }, ['a', 'length'])).toBeUndefined();
  });

  it('are named as the host names them', () => {
    expect(nameOf(['accounts', 0, 'interval'])).toBe('accounts[0].interval');
    expect(accountsOf({ accounts: [null, { id: 'AB', name: 'x' }, { id: 3 }] })).toEqual([
      { id: 'ab', name: 'x', at: 1 },
    ]);
    expect(accountsOf({ accounts: 'none' })).toEqual([]);
  });
});

describe('checks while typing say what the host would say', () => {
  const refused = (document: object): boolean => !parseSettings(JSON.stringify(document), 'a.yaml').ok;
  const account = (part: object): object => ({
    accounts: [{ name: 'A', id: 'a'.repeat(32), token: { env: 'T' }, ...part }],
  });

  it.each(['', '9s', '10s', '30', '1h', '61m', '2h', ' 30s', '30 s', '1h30m', '0s'])('an interval of %j', (text) => {
    const wrong = checks.duration(10_000, 3_600_000)(text) !== null;
    expect(wrong).toBe(text === '' ? false : refused(account({ interval: text })));
  });
  it.each(['a', 'g'.repeat(32), 'A'.repeat(32), 'a'.repeat(31)])('an account id of %j', (id) => {
    expect(checks.accountId(id) !== null).toBe(refused(account({ id })));
  });
  it.each(['http://p:3128', 'https://p', 'ftp://p', 'p:3128', 'p', 'http://u:pw@p:1'])('a proxy of %j', (proxy) => {
    expect(checks.proxy(proxy) !== null).toBe(refused({ network: { proxy } }));
  });
  it.each(['https://gate.example/v4', 'http://gate.example', 'http://127.0.0.1:80/x', 'x'])(
    'an API of %j',
    (apiBase) => {
      expect(checks.apiBase(apiBase) !== null).toBe(refused(account({ apiBase })));
    },
  );
  it.each(['22:00', '24:00', '7:00', '25:00', '', '22:60'])('quiet hours from %j', (from) => {
    const quietHours = [{ from, to: '07:00' }];
    expect(quietProblem(quietHours) !== null).toBe(refused({ alerts: { quietHours } }));
  });
  it.each(['Europe/Amsterdam', 'UTC', 'Mars/Base', 'Amsterdam'])('a zone of %j', (zone) => {
    expect(checks.timeZone(zone) !== null).toBe(refused({ alerts: { zone } }));
  });
});

describe('quiet hours', () => {
  it('come back as they were, zones of their own included', () => {
    const list = [
      { days: ['sat', 'sun'], from: '22:00', to: '07:00' },
      { from: '12:00', to: '13:00', zone: 'Asia/Tokyo' },
    ];
    expect(writeQuiet(readQuiet(list))).toEqual(list);
    expect(quietProblem([{ days: [], from: '22:00', to: '07:00' }])).not.toBeNull();
    expect(readQuiet('none')).toEqual([]);
  });
});
