import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage, HostMessage } from '../../../src/shared/bridge.ts';
import type { NewAccount } from '../../../src/shared/settings.ts';
import { fakeEngine } from '../../fakes/engine.ts';
import { type Bed, type BedOptions, type Cloud, openBed, openCloud } from './desk-bed.ts';

let cloud: Cloud;
const beds: Bed[] = [];
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud.close());
afterEach(async () => {
  for (const bed of beds.splice(0)) {
    expect(bed.bugs).toEqual([]);
    await bed.close();
  }
});

async function stand(options: BedOptions = {}): Promise<Bed> {
  const bed = await openBed(options);
  beds.push(bed);
  return bed;
}
const acme = (over: Partial<NewAccount> = {}): NewAccount => ({
  name: 'Acme',
  id: cloud.account.id,
  token: cloud.account.readToken,
  keep: 'keychain',
  apiBase: cloud.apiBase,
  ...over,
});
const entry = (): string => `account-${cloud.account.id}`;
const seeing = (bed: Bed): Promise<unknown> =>
  expect.poll(() => bed.host.board().status.accounts[0]?.phase, { interval: 20 }).toBe('seeing');

describe('the first account', () => {
  it('is checked, kept and watched at once, without a new page', async () => {
    const bed = await stand();
    const heard: HostMessage[] = [];
    bed.host.subscribe((message) => heard.push(message));
    const before = await bed.call('settings', {});
    expect(before).toMatchObject({ editable: true, reason: null, document: {}, tokens: [], notice: null });
    const added = await bed.call('addAccount', acme());
    expect(added.sentence).toMatch(/^Acme is watched, \d+ tunnels\.$/);
    expect(added.done).toBe(true);
    await seeing(bed);
    const boards = heard.filter((message): message is BoardMessage => message.type === 'board');
    expect(boards.at(-1)?.status.accounts).toMatchObject([{ name: 'Acme' }]);
    expect(bed.keychain.entries).toEqual(new Map([[entry(), cloud.account.readToken]]));
    expect(bed.file()).toEqual({
      accounts: [{ name: 'Acme', id: cloud.account.id, token: { keychain: entry() }, apiBase: cloud.apiBase }],
    });
    expect(await bed.call('settings', {})).toMatchObject({
      tokens: [{ accountId: cloud.account.id, place: 'keychain', present: true, problem: null }],
    });
  });

  it('leaves practice mode', async () => {
    const practice = fakeEngine({ practice: true });
    const bed = await stand({ practice: () => practice });
    expect(bed.host.board().status.practice).toBe(true);
    expect(await bed.call('addAccount', acme())).toMatchObject({ done: true });
    expect(bed.host.board().status).toMatchObject({ practice: false, accounts: [{ name: 'Acme' }] });
    expect(practice.stopped).toBe(true);
  });

  it.each<[string, () => Partial<NewAccount>, RegExp]>([
    ['a token that nobody knows', () => ({ token: 'nobody-knows-this-token-0123456789' }), /token|credential/i],
    ['a token without the list', () => ({ token: cloud.account.magicLessToken }), /Magic WAN Read/],
    ['an id that is none', () => ({ id: '12' }), /^Id: .*32 hexadecimal digits/],
    ['no name', () => ({ name: '  ' }), /^Name: /],
    ['a token with a blank in it', () => ({ token: 'two words' }), /^The token holds spaces/],
    ['an address that is not https', () => ({ apiBase: 'http://example.com/' }), /^ApiBase: .*https/],
  ])('with %s is refused with a sentence and leaves nothing behind', async (_name, over, sentence) => {
    const bed = await stand();
    const added = await bed.call('addAccount', acme(over()));
    expect(added.sentence).toMatch(sentence);
    expect(added.done).toBe(false);
    expect(bed.keychain.entries.size).toBe(0);
    expect(existsSync(bed.path)).toBe(false);
    expect(bed.host.board().status.accounts).toEqual([]);
  });

  it('with a token that can write is accepted with the warning', async () => {
    const bed = await stand();
    const added = await bed.call('addAccount', acme({ token: cloud.account.writeToken }));
    expect(added.done).toBe(true);
    expect(added.sentence).toMatch(/read-only token is safer/);
    const verdict = await bed.call('checkAccount', { id: cloud.account.id, token: null, apiBase: null });
    expect(verdict).toMatchObject({ usable: true, mayWrite: true, health: true });
  });

  it('is not taken twice', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    const again = await bed.call('addAccount', acme({ name: 'Other', id: cloud.account.id.toUpperCase() }));
    expect(again).toEqual({ done: false, sentence: 'The account "Acme" has this id already.' });
  });
});

describe('a keychain that cannot be used', () => {
  const LOCKED = 'the keychain is locked, or access to it was denied: unlock it.';

  it('says why, offers this session, and leaves nothing half-done', async () => {
    const bed = await stand();
    bed.keychain.problem = LOCKED;
    const refused = await bed.call('addAccount', acme());
    expect(refused.done).toBe(false);
    expect(refused.sentence).toMatch(/^The keychain is locked.* The token can be kept for this session only/);
    expect(bed.files()).toEqual([]);
    expect(await bed.call('settings', {})).toMatchObject({
      vault: { problem: expect.stringMatching(/^The keychain is/) },
    });
  });

  it('does not keep the session from watching', async () => {
    const bed = await stand();
    bed.keychain.problem = LOCKED;
    expect(await bed.call('addAccount', acme({ keep: 'session' }))).toMatchObject({ done: true });
    await seeing(bed);
    expect(await bed.call('settings', {})).toMatchObject({ tokens: [{ place: 'session', present: true }] });
    const written = bed.files().map((path) => readFileSync(path).toString('latin1'));
    for (const text of written) expect(text).not.toContain(cloud.account.readToken);
  });

  it('whose token is gone after the end is told, and a new token can be given', async () => {
    const id = cloud.account.id;
    const text = JSON.stringify({
      accounts: [{ name: 'Acme', id, apiBase: cloud.apiBase, token: { keychain: `account-${id}` } }],
    });
    const bed = await stand({ text });
    expect(await bed.call('settings', {})).toMatchObject({
      tokens: [{ place: 'keychain', present: false, problem: expect.stringMatching(/^The keychain has no entry/) }],
    });
    const token = cloud.account.readToken;
    expect(await bed.call('setToken', { accountId: id, token, keep: 'session' })).toEqual({
      done: true,
      sentence: 'Acme has another token.',
    });
    await seeing(bed);
  });
});

describe('accounts that are there', () => {
  it('get another token, and keep theirs when the other is no good', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    const accountId = cloud.account.id;
    const bad = { accountId, token: 'nobody-knows-this-token-0123456789', keep: 'keychain' as const };
    expect(await bed.call('setToken', bad)).toMatchObject({ done: false });
    expect(bed.keychain.entries.get(entry())).toBe(cloud.account.readToken);
    const good = { accountId, token: cloud.account.analyticsLessToken, keep: 'keychain' as const };
    const set = await bed.call('setToken', good);
    expect(set.sentence).toMatch(/Account Analytics Read/);
    expect(bed.keychain.entries.get(entry())).toBe(cloud.account.analyticsLessToken);
    await seeing(bed);
  });

  it('go with their token; their history stays', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    await seeing(bed);
    const removed = await bed.call('removeAccount', { accountId: cloud.account.id });
    expect(removed).toEqual({
      done: true,
      sentence: 'Acme is no longer watched; its history stays. Its token is gone from the keychain.',
    });
    expect(bed.keychain.entries.size).toBe(0);
    expect(bed.host.board().status.accounts).toEqual([]);
    expect(bed.file()).toEqual({ accounts: [] });
    expect(existsSync(join(bed.folder, 'data', 'history.db'))).toBe(true);
  });

  it('go even when the keychain does not, which is told', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    bed.keychain.problem = 'the keychain is locked.';
    const removed = await bed.call('removeAccount', { accountId: cloud.account.id });
    expect(removed.done).toBe(true);
    expect(removed.sentence).toContain(`may still be in the keychain as "${entry()}": the keychain is locked.`);
  });
});

describe('saved settings', () => {
  it('count at once, and the history goes on', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    await seeing(bed);
    const { document } = await bed.call('settings', {});
    const key = bed.host.board().rows[0]?.key;
    expect(key).toBeDefined();
    const saved = await bed.call('saveSettings', { document: { ...document, psk: { aging: '30d' } } });
    expect(saved).toEqual({ saved: true });
    expect(bed.host.board().policy.agingMs).toBe(30 * 86_400_000);
    expect(bed.host.board().status.store).toMatchObject({ mode: 'disk', problem: null });
    await seeing(bed);
    expect(bed.host.board().rows[0]?.key).toBe(key);
  });

  it('do not start the engine anew for what is not its own', async () => {
    const bed = await stand({ reach: 'guarded' });
    const { startedAt } = bed.host.board().status;
    const engine = bed.slot.engine();
    const saved = await bed.call('saveSettings', { document: { log: { level: 'debug' } } });
    expect(saved).toEqual({ saved: true, note: 'What changed under server and log counts from the next start.' });
    expect(bed.slot.engine()).toBe(engine);
    expect(bed.host.board().status.startedAt).toBe(startedAt);
    expect(bed.file()).toEqual({ log: { level: 'debug' } });
  });

  it('leave a pause as it is', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    await bed.call('pause', { forMs: 900_000 });
    const { document } = await bed.call('settings', {});
    await bed.call('saveSettings', { document: { ...document, psk: { aging: '31d' } } });
    const until = bed.host.board().status.paused?.until ?? 0;
    expect(until - Date.now()).toBeGreaterThan(880_000);
  });

  it('that are wrong name each place, and nothing is written', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    const before = readFileSync(bed.path, 'utf8');
    const wrong = await bed.call('saveSettings', { document: { accounts: [], psk: { aging: '400d' }, log: 7 } });
    expect(wrong).toMatchObject({ saved: false, troubles: [{ key: 'psk' }, { key: 'log' }] });
    const text = await bed.call('saveSettingsText', { text: 'accounts: []\nlog:\n  level: loud\n' });
    expect(text).toEqual({
      saved: false,
      troubles: [{ key: 'log.level', line: 3, sentence: 'found "loud", expected one of error, warn, info, debug.' }],
    });
    expect(await bed.call('saveSettingsText', { text: 'a: [' })).toMatchObject({
      saved: false,
      troubles: [{ line: 1 }],
    });
    expect(readFileSync(bed.path, 'utf8')).toBe(before);
  });

  it('with which nothing could run change neither file nor engine', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    await seeing(bed);
    const before = readFileSync(bed.path, 'utf8');
    const { document } = await bed.call('settings', {});
    const saved = await bed.call('saveSettings', {
      document: { ...document, network: { caFile: '/there/is/none.pem' } },
    });
    expect(saved).toMatchObject({
      saved: false,
      troubles: [{ sentence: expect.stringMatching(/none\.pem: there is no such file\. Nothing was changed\.$/) }],
    });
    expect(readFileSync(bed.path, 'utf8')).toBe(before);
    expect(bed.files().filter((path) => path.endsWith('.new'))).toEqual([]);
    await seeing(bed);
  });

  it('come from YAML text, and go out as YAML text that means the same', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    const { text } = await bed.call('settingsText', {});
    expect(text).toContain(`keychain: ${entry()}`);
    const changed = `${text}\npsk: { aging: 20d } # words of mine\n`;
    expect(await bed.call('saveSettingsText', { text: changed })).toEqual({ saved: true });
    expect(bed.file()).toMatchObject({ accounts: [{ name: 'Acme' }], psk: { aging: '20d' } });
  });
});

describe('what may be changed', () => {
  it('is not a YAML file that somebody named: it is theirs', async () => {
    const bed = await stand({ named: true, text: '# ours\naccounts: []\n' });
    expect(await bed.call('settings', {})).toMatchObject({
      editable: false,
      reason: `The settings of this host come from ${bed.path}, which is written by hand: change it there and start anew.`,
    });
    expect(await bed.call('saveSettings', { document: {} })).toMatchObject({ saved: false });
    expect(await bed.call('addAccount', acme())).toMatchObject({
      done: false,
      sentence: expect.stringMatching(/by hand/),
    });
    expect(readFileSync(bed.path, 'utf8')).toBe('# ours\naccounts: []\n');
  });

  it('is a JSON file that somebody named', async () => {
    const bed = await stand({ named: true, text: '{"accounts": []}' });
    expect(await bed.call('settings', {})).toMatchObject({ editable: true });
    expect(await bed.call('saveSettings', { document: { psk: { aging: '30d' } } })).toEqual({ saved: true });
  });

  it('is the usual file even with comments in it, which are kept beside it for good', async () => {
    const text = '# why we do this\naccounts: []\n';
    const bed = await stand({ text });
    expect((await bed.call('settings', {})).notice).toMatch(/holds comments/);
    await bed.call('saveSettings', { document: { psk: { aging: '30d' } } });
    await bed.call('saveSettings', { document: { psk: { aging: '31d' } } });
    expect(readFileSync(`${bed.path}.commented`, 'utf8')).toBe(text);
    expect((await bed.call('settings', {})).notice).toBeNull();
  });

  it.skipIf(process.getuid?.() === 0)('is not a file in a folder that is read-only (skipped for root)', async () => {
    const bed = await stand({ text: '{}' });
    chmodSync(dirname(bed.path), 0o500);
    try {
      expect((await bed.call('settings', {})).reason).toMatch(/may not be changed by the user who runs/);
    } finally {
      chmodSync(dirname(bed.path), 0o700);
    }
  });

  it('cannot be written where the folder is no folder: a sentence, and nothing is left', async () => {
    const bed = await stand();
    writeFileSync(dirname(bed.path), 'a file where the folder should be');
    const saved = await bed.call('addAccount', acme());
    expect(saved.done).toBe(false);
    expect(bed.keychain.entries.size).toBe(0);
  });
});

describe('a change that fails half-way', () => {
  it('takes a token that was kept already back again, the one before included', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    // The draft cannot be written: in its place is a folder.
    mkdirSync(`${bed.path}.new`);
    const token = cloud.account.analyticsLessToken;
    for (const keep of ['keychain', 'session'] as const) {
      const set = await bed.call('setToken', { accountId: cloud.account.id, token, keep });
      expect(set).toMatchObject({ done: false, sentence: expect.stringMatching(/folder/) });
      expect([...bed.keychain.entries.values()]).toEqual([cloud.account.readToken]);
      expect(await bed.session.get(entry())).toEqual({ ok: true, value: null });
    }
    await seeing(bed);
  });

  it('leaves no entry of an account that did not come to be', async () => {
    const bed = await stand({ text: '{}' });
    mkdirSync(`${bed.path}.new`);
    expect(await bed.call('addAccount', acme())).toMatchObject({ done: false });
    expect(bed.keychain.entries.size).toBe(0);
    expect(bed.host.board().status.accounts).toEqual([]);
  });

  it('at its last step gives the engine back that fits the file', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    const { document } = await bed.call('settings', {});
    const before = readFileSync(bed.path, 'utf8');
    const { agingMs } = bed.host.board().policy;
    // The copy of the version before cannot be written.
    mkdirSync(`${bed.path}.bak.new`);
    const saved = await bed.call('saveSettings', { document: { ...document, psk: { aging: '30d' } } });
    expect(saved).toMatchObject({ saved: false, troubles: [{ sentence: expect.stringMatching(/folder|written/) }] });
    expect(bed.host.board().policy.agingMs).toBe(agingMs);
    expect(readFileSync(bed.path, 'utf8')).toBe(before);
    await seeing(bed);
  });
});

describe('a settings file cut in half (fault 19)', () => {
  it('gives the copy with a notice, and what is saved then is whole again', async () => {
    const bed = await stand();
    await bed.call('addAccount', acme());
    await bed.call('saveSettingsText', { text: (await bed.call('settingsText', {})).text });
    const whole = readFileSync(bed.path);
    writeFileSync(bed.path, whole.subarray(0, whole.length / 2));
    const view = await bed.call('settings', {});
    expect(view.notice).toMatch(/the copy from before the last change is in use/);
    expect(view.document).toMatchObject({ accounts: [{ name: 'Acme' }] });
    expect(await bed.call('saveSettings', { document: view.document })).toEqual({ saved: true });
    expect(bed.file()).toMatchObject({ accounts: [{ name: 'Acme' }] });
    expect((await bed.call('settings', {})).notice).toBeNull();
  });

  it('without a copy is changed by nobody but its owner: no save puts defaults in its place', async () => {
    const bed = await stand();
    mkdirSync(dirname(bed.path), { recursive: true });
    writeFileSync(bed.path, '{"accounts": [');
    const view = await bed.call('settings', {});
    expect(view).toMatchObject({ editable: false, document: {} });
    expect(view.reason).toMatch(/cannot be read, so nothing is changed from here/);
    for (const answer of [
      await bed.call('saveSettings', { document: {} }),
      await bed.call('saveSettingsText', { text: 'accounts: []' }),
    ])
      expect(answer).toMatchObject({ saved: false });
    expect(await bed.call('addAccount', acme())).toMatchObject({ done: false });
    expect(readFileSync(bed.path, 'utf8')).toBe('{"accounts": [');
  });
});
