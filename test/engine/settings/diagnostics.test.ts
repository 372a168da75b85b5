import { describe, expect, it } from 'vitest';
import { diagnosticsText, scrub } from '../../../src/engine/settings/diagnostics.ts';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import { ACCOUNT, badToken, fakeEngine } from '../../fakes/engine.ts';

const SECRET = 'v1.0-0123456789abcdef0123456789abcdef0123456789';

describe('diagnostics', () => {
  it('tell versions, accounts by a short id, faults, budgets, store, sinks and the last lines of the log', () => {
    const engine = fakeEngine({ tunnels: 3 });
    engine.blind(badToken);
    const settings = parseSettings(
      JSON.stringify({
        accounts: [{ name: 'Acme', id: ACCOUNT, token: { env: 'CF_TOKEN' } }],
        network: { proxy: `http://me:${SECRET}@proxy.example:3128` },
        alerts: { sinks: [{ type: 'webhook', name: 'hook', url: `https://hooks.example/${SECRET}` }] },
      }),
      'c.json',
    );
    if (!settings.ok) throw new Error('the settings of this test are wrong');
    const log = Array.from(
      { length: 150 },
      (_, index) => `line ${index} of /home/jane/x about ${ACCOUNT} and ${SECRET}`,
    );
    const text = diagnosticsText({ board: engine.board(), settings: settings.value, log });
    expect(text).toMatch(/^Tunnelwatch .+\nSystem: \w+ \w+, node \d+\.\d+\.\d+, sqlite 3\.\d+/);
    expect(text).toContain(`${ACCOUNT.slice(0, 4)}…${ACCOUNT.slice(-4)}: blind, 3 tunnels`);
    expect(text).toContain('blind: bad-token, status 401, code 10000: The token was refused.');
    expect(text).toContain('requests in 5 minutes: 10 of 600');
    expect(text).toMatch(/Settings: 1 accounts \(credentials in: env\), proxy set/);
    expect(text).toContain('alerts: 1 sinks');
    expect(text).toContain('the last 100 lines');
    expect(text).toContain('line 149 of /home/…/x about');
    expect(text).not.toContain('line 49 ');
    for (const secret of [ACCOUNT, SECRET, 'jane', 'hooks.example']) expect(text).not.toContain(secret);
  });

  it('are still there when the settings are not', () => {
    const text = diagnosticsText({ board: fakeEngine().board(), settings: null, log: [] });
    expect(text).toContain('Settings: cannot be read');
  });

  it.each([
    ['https://user:pw@hooks.example/T0/B0/xyz?key=1 said', 'https://hooks.example/… said'],
    ['"http://127.0.0.1:8484/api"', '"http://127.0.0.1:8484/…"'],
    ['C:\\Users\\Jane\\AppData', 'C:\\Users\\…\\AppData'],
    [`Bearer ${SECRET}`, 'Bearer v1.•••'],
    ['blind since 2026-11-21T10:00:00.000Z for 30 s', 'blind since 2026-11-21T10:00:00.000Z for 30 s'],
  ])('scrub %j', (text, clean) => {
    expect(scrub(text)).toContain(clean);
    expect(scrub(text)).not.toContain('0123456789abcdef');
  });
});
