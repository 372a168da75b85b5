/** Operations without a browser: places, forms, the way from a plan to its outcome, the clipboard, exports. */
import { describe, expect, it } from 'vitest';
import { auditCsv } from '../../src/renderer/views/operations/audit-export.ts';
import { CLIPBOARD_MS, SecretClipboard } from '../../src/renderer/views/operations/clipboard.svelte.ts';
import { Flow } from '../../src/renderer/views/operations/flow.svelte.ts';
import { changeOf, draftOf, EMPTY, valuesOf, withChange } from '../../src/renderer/views/operations/tunnel-values.ts';
import {
  operationHash,
  operationPlace,
  rotationHash,
  rotationKey,
} from '../../src/renderer/views/operations/where-to.ts';
import type { Bridge, CallName } from '../../src/shared/bridge.ts';
import type { AccountId, TunnelKey } from '../../src/shared/model.ts';
import type { AuditEntry, OperationOutcome, OperationPlan, TunnelChange } from '../../src/shared/operations.ts';
import { checkChange, checkDraft } from '../../src/shared/tunnel-form/index.ts';
import { HandClock } from './harness/hand-clock.ts';
import { tunnel as tunnelOf } from './tunnel-fixture.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const KEY = '023e105f4ecef8ad9ca31a8372d0c353/0123456789abcdef0123456789abcdef' as TunnelKey;
const ACME = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const SECRET = 'canary-Zq7pWm3KvT9sYb2NdX5hRj8LcF4gUe6A';
const tunnel = tunnelOf();

const queryOf = (hash: string): URLSearchParams => new URLSearchParams(hash.split('?')[1]);

describe('places of operations', () => {
  it('come back from the address as they went', () => {
    const change: TunnelChange = { healthCheck: { enabled: true, target: '' }, customerEndpoint: null };
    const there = operationPlace(queryOf(operationHash({ kind: 'update', key: KEY, change })));
    expect(there).toEqual({ kind: 'update', key: KEY, change });
    expect(operationPlace(queryOf(operationHash({ kind: 'create', accountId: ACME })))).toEqual({
      kind: 'create',
      accountId: ACME,
    });
    expect(operationPlace(queryOf(operationHash({ kind: 'bulk-update', from: 'state=down&q=fra' })))).toEqual({
      kind: 'bulk-update',
      from: 'state=down&q=fra',
    });
    expect(operationPlace(queryOf(operationHash({ kind: 'audit' })))).toEqual({ kind: 'audit' });
    expect(rotationKey(queryOf(rotationHash(KEY)))).toBe(KEY);
  });

  it('never hold a secret, whoever wrote the address', () => {
    const hash = operationHash({
      kind: 'update',
      key: KEY,
      change: { psk: SECRET, bgp: { customerAsn: 64512, md5Key: SECRET } },
    });
    expect(decodeURIComponent(hash)).not.toContain(SECRET);
    const planted = new URLSearchParams({ do: 'update', key: KEY, change: JSON.stringify({ psk: SECRET }) });
    expect(JSON.stringify(operationPlace(planted))).not.toContain(SECRET);
  });

  it.each(['', 'do=delete', 'do=update&key=nonsense', 'do=rm&key=a/b'])('are the audit log for "%s"', (query) => {
    expect(operationPlace(new URLSearchParams(query)).kind).toBe('audit');
  });

  it('take no change that is none', () => {
    for (const change of ['[]', '"x"', '{', 'null', `{"name":"${'a'.repeat(5_000)}"}`]) {
      expect(operationPlace(new URLSearchParams({ do: 'update', key: KEY, change }))).toMatchObject({ change: null });
    }
  });
});

describe('the form of a tunnel', () => {
  it('that nobody touched asks for nothing', () => {
    expect(changeOf(valuesOf(tunnel), valuesOf(tunnel))).toEqual({});
    const blanks = valuesOf({ ...tunnel, description: ' to be kept ' });
    expect(changeOf(blanks, blanks)).toEqual({});
  });

  it('asks for what differs and for nothing else; an emptied field is removed', () => {
    const base = valuesOf(tunnel);
    const values = { ...base, customerEndpoint: ' ', checkRate: 'high' as const, name: `${base.name}-2` };
    expect(changeOf(values, base)).toEqual({
      name: `${base.name}-2`,
      customerEndpoint: null,
      healthCheck: { rate: 'high' },
    });
  });

  it('takes the session away, or parts of it', () => {
    const base = { ...valuesOf(tunnel), bgp: true, asn: '64512', prefixes: '10.0.0.0/8' };
    expect(changeOf({ ...base, bgp: false }, base).bgp).toBeNull();
    expect(changeOf({ ...base, md5: 'remove' }, base).bgp).toEqual({ md5Key: null });
    expect(changeOf({ ...base, prefixes: '10.0.0.0/8, 192.0.2.0/24' }, base).bgp).toEqual({
      extraPrefixes: ['10.0.0.0/8', '192.0.2.0/24'],
    });
  });

  it('begins with what a finding suggests', () => {
    const base = valuesOf(tunnel);
    const change: TunnelChange = { healthCheck: { direction: 'bidirectional' }, replayProtection: true };
    expect(changeOf(withChange(base, change), base)).toMatchObject(change);
  });

  it('sends what is no number where the checks find it', () => {
    const draft = draftOf({ ...EMPTY, name: 'a', bgp: true, asn: 'AS1' });
    expect(checkDraft(draft).map(({ field }) => field)).toContain('bgp.customerAsn');
    const change = changeOf({ ...valuesOf(tunnel), bgp: true, asn: '13335' }, valuesOf(tunnel));
    expect(checkChange(change, tunnel).map(({ field }) => field)).toEqual(['bgp.customerAsn']);
  });

  it('of a new tunnel says nothing where nothing was said', () => {
    const values = { ...EMPTY, name: 'a', cloudflareEndpoint: '162.159.64.1', interfaceAddress: '10.0.0.0/31' };
    expect(draftOf(values)).toEqual({
      name: 'a',
      cloudflareEndpoint: '162.159.64.1',
      interfaceAddress: '10.0.0.0/31',
    });
    expect(draftOf({ ...values, psk: SECRET, keyNow: false }).psk).toBeUndefined();
  });
});

const PLAN: OperationPlan = {
  id: 'p1',
  kind: 'delete',
  accountId: ACME,
  account: 'Acme',
  diffs: [{ key: KEY, name: 'fra-1', changes: [] }],
  causes: [],
  solves: [],
  warnings: [],
  confirmBy: 'fra-1',
  expiresAt: NOW + 300_000,
};
const DONE: OperationOutcome = {
  state: 'done',
  sentence: 'Done.',
  problems: [],
  tunnels: [],
  newKeys: [],
  cfRay: 'abc',
};

/** A bridge that answers as told and remembers what it was asked. */
function bridgeOf(answers: Partial<Record<CallName, unknown>>): { bridge: Bridge; asked: string[] } {
  const asked: string[] = [];
  const bridge = {
    subscribe: () => () => {},
    async call(name: CallName, args: unknown) {
      asked.push(`${name} ${JSON.stringify(args)}`);
      await Promise.resolve();
      const answer = answers[name];
      return answer instanceof Error
        ? { ok: false, error: { kind: answer.name, sentence: answer.message } }
        : { ok: true, value: answer ?? null };
    },
  } as unknown as Bridge;
  return { bridge, asked };
}
function failing(kind: string, sentence: string): Error {
  const error = new Error(sentence);
  error.name = kind;
  return error;
}

describe('the way of an operation', () => {
  it('goes over a plan, and confirms that very plan', async () => {
    const { bridge, asked } = bridgeOf({ plan: { planned: true, plan: PLAN }, confirm: DONE });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    expect(flow.plan).toEqual(PLAN);
    await flow.confirm('fra-1', 'Ada');
    expect(flow.outcome).toEqual(DONE);
    expect(flow.plan).toBeNull();
    expect(asked).toEqual([
      `plan {"operation":{"kind":"delete","key":"${KEY}"}}`,
      'confirm {"plan":"p1","typed":"fra-1","by":"Ada"}',
    ]);
  });

  it('confirms once, however often somebody clicks', async () => {
    const { bridge, asked } = bridgeOf({ plan: { planned: true, plan: PLAN }, confirm: DONE });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    await Promise.all([flow.confirm('fra-1', 'Ada'), flow.confirm('fra-1', 'Ada'), flow.confirm('fra-1', 'Ada')]);
    expect(asked.filter((one) => one.startsWith('confirm'))).toHaveLength(1);
  });

  it('does not call done what the host did not answer, and does not repeat it', async () => {
    const { bridge, asked } = bridgeOf({
      plan: { planned: true, plan: PLAN },
      confirm: failing('unreachable', 'The host is out of reach.'),
    });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    await flow.confirm('fra-1', 'Ada');
    expect(flow.outcome).toMatchObject({ state: 'unknown', sentence: 'The host is out of reach.' });
    expect(asked.filter((one) => one.startsWith('confirm'))).toHaveLength(1);
  });

  it('plans again on what is there now after a clash', async () => {
    const { bridge, asked } = bridgeOf({
      plan: { planned: true, plan: PLAN },
      confirm: { ...DONE, state: 'clash' },
    });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    await flow.confirm('fra-1', 'Ada');
    expect(flow.outcome?.state).toBe('clash');
    await flow.again();
    expect(flow.plan).toEqual(PLAN);
    expect(asked.filter((one) => one.startsWith('plan'))).toHaveLength(2);
  });

  it('throws a plan away when somebody goes back or leaves, and keeps nothing', async () => {
    const { bridge, asked } = bridgeOf({ plan: { planned: true, plan: PLAN }, discard: null });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    flow.leave();
    expect(asked.at(-1)).toBe('discard {"plan":"p1"}');
    expect(flow.plan).toBeNull();
    await flow.again();
    expect(asked.filter((one) => one.startsWith('plan'))).toHaveLength(1);
    // Left before the answer came.
    const late = flow.ask({ kind: 'delete', key: KEY });
    flow.leave();
    await late;
    expect(flow.plan).toBeNull();
    expect(asked.at(-1)).toBe('discard {"plan":"p1"}');
  });

  it('says what was refused', async () => {
    const problems = [{ key: null, field: 'name', sentence: 'The name is taken.' }];
    const { bridge } = bridgeOf({ plan: { planned: false, sentence: 'Cloudflare refused it.', problems } });
    const flow = new Flow(bridge);
    await flow.ask({ kind: 'delete', key: KEY });
    expect(flow.refusal).toEqual({ sentence: 'Cloudflare refused it.', problems });
  });
});

/** A page with a clipboard that can be read, or cannot. */
function clipboardPage(readable: boolean): {
  page: Window;
  held: { text: string };
  focused: { is: boolean };
  come(): void;
} {
  const held = { text: '' };
  const focused = { is: true };
  const listeners = new Set<() => void>();
  const page = {
    document: { hasFocus: () => focused.is },
    navigator: {
      clipboard: {
        writeText: async (text: string) => {
          held.text = text;
        },
        readText: async () => {
          if (!readable) throw new Error('denied');
          return held.text;
        },
      },
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  } as unknown as Window;
  return {
    page,
    held,
    focused,
    come() {
      focused.is = true;
      for (const listener of listeners) listener();
    },
  };
}

describe('a key in the clipboard', () => {
  it('is gone after a minute, if it is still the key', async () => {
    const clock = new HandClock(NOW);
    const { page, held } = clipboardPage(true);
    const clipboard = new SecretClipboard(page, clock);
    await clipboard.copy(SECRET);
    expect(clipboard.state).toBe('copied');
    clock.pass(CLIPBOARD_MS - 1);
    expect(held.text).toBe(SECRET);
    clock.pass(1);
    await expect.poll(() => held.text).toBe('');
    await expect.poll(() => clipboard.state).toBe('cleared');
  });

  it('leaves alone what somebody else put there', async () => {
    const clock = new HandClock(NOW);
    const { page, held } = clipboardPage(true);
    const clipboard = new SecretClipboard(page, clock);
    await clipboard.copy(SECRET);
    held.text = 'something else';
    clock.pass(CLIPBOARD_MS);
    await expect.poll(() => clipboard.state).toBe('other');
    expect(held.text).toBe('something else');
  });

  it('waits until the page is in front again', async () => {
    const clock = new HandClock(NOW);
    const { page, held, focused, come } = clipboardPage(true);
    const clipboard = new SecretClipboard(page, clock);
    await clipboard.copy(SECRET);
    focused.is = false;
    clock.pass(CLIPBOARD_MS);
    expect(held.text).toBe(SECRET);
    come();
    await expect.poll(() => held.text).toBe('');
  });

  it('that cannot be looked at is not promised to be emptied, but can be on request', async () => {
    const { page, held } = clipboardPage(false);
    const clock = new HandClock(NOW);
    const clipboard = new SecretClipboard(page, clock);
    await clipboard.copy(SECRET);
    expect(clipboard.state).toBe('copied-blind');
    clock.pass(2 * CLIPBOARD_MS);
    expect(held.text).toBe(SECRET);
    await clipboard.clear();
    expect(held.text).toBe('');
  });
});

describe('the audit log as a table', () => {
  it('has a line for each field, and no formula', () => {
    const entry: AuditEntry = {
      id: 7,
      at: NOW,
      by: '=cmd()',
      accountId: ACME,
      account: 'Acme',
      kind: 'update',
      diffs: [
        {
          key: KEY,
          name: 'fra-1',
          changes: [
            { field: 'name', before: 'fra-1', after: 'fra-2' },
            { field: 'description', before: null, after: '+1' },
          ],
        },
      ],
      state: 'done',
      sentence: 'Changed.',
      cfRay: 'abc',
    };
    const lines = auditCsv([entry]).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe("7,2026-11-21T12:00:00.000Z,'=cmd(),Acme,update,fra-1,name,fra-1,fra-2,done,Changed.,abc");
    expect(lines[2]).toContain("'+1");
  });
});
