/** Rotations through the real engine, operations and ledger against the simulator. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostSentence, rotationNext } from '../../../src/renderer/words/de/host-sentences.ts';
import type { Rotation, RotationKeyOutcome } from '../../../src/shared/keys.ts';
import { isGerman } from '../../renderer/words/is-german.ts';
import { MINUTE, type Rotating, rotating } from './rotating.ts';

/** What is shown of a rotation; a German page shows it in German. */
function states({ checks, next, nextSaid }: Rotation): Record<string, string> {
  isGerman(rotationNext(next, nextSaid));
  for (const { sentence, said } of checks) isGerman(hostSentence(sentence, said));
  return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
}
const sentenceOf = ({ checks }: Rotation, id: string): string | undefined =>
  checks.find((one) => one.id === id)?.sentence;
const begin = (r: Rotating, name: string): Promise<Rotation> | Rotation =>
  r.keys().startRotation({ key: r.key(name), by: 'Ada' });
const setKey = async (r: Rotating, id: string, more: { own?: string; despite?: string[] } = {}) =>
  r.keys().rotationKey({ id, own: more.own ?? null, despite: more.despite ?? [], by: 'Ada' });
function made(outcome: RotationKeyOutcome): Extract<RotationKeyOutcome, { set: true }> {
  if (!outcome.set) throw new Error(outcome.sentence);
  return outcome;
}

describe('a rotation', () => {
  it('goes through its steps in order and ends by itself when BGP and health have held', async () => {
    const r = await rotating();
    const started = await begin(r, 'ams1-tun-a');
    expect(started).toMatchObject({ step: 'check', by: 'Ada', outcome: null });
    expect(states(started)).toEqual({
      fresh: 'good',
      'partner-healthy': 'good',
      'partner-bgp': 'good',
      'own-bgp': 'good',
      'partner-settled': 'good',
      traffic: 'waiting',
      'other-rotation': 'good',
      unlocked: 'bad',
    });
    expect(sentenceOf(started, 'partner-healthy')).toMatch(/ams1-tun-b \(redundancy group "/);
    await r.unlock();
    expect((await r.rotation(started.id)).step).toBe('key');

    const { rotation, newKey } = made(await setKey(r, started.id));
    expect(newKey).toMatchObject({ name: 'ams1-tun-a', psk: expect.stringMatching(/^.{32}$/) });
    expect(rotation).toMatchObject({ step: 'router', setAt: r.now(), expectedBy: null });
    await r.go(MINUTE);
    expect(states(await r.rotation(started.id))).toEqual({ 'timestamp-moved': 'good' });

    await r.keys().rotationDone({ id: started.id, step: 'router', by: 'Ada' });
    const waiting = await r.rotation(started.id);
    expect(waiting.step).toBe('reauthenticate');
    expect(waiting.next).toContain('Until then a wrong key stays hidden');
    await r.keys().rotationDone({ id: started.id, step: 'reauthenticate', by: 'Ada' });
    const verifying = await r.rotation(started.id);
    expect(verifying).toMatchObject({ step: 'verify', expectedBy: r.now() + 30 * MINUTE, outcome: null });
    // What looks well just now may be what was before: nothing is proved within the hold time.
    expect(states(verifying)).toEqual({ 'timestamp-moved': 'good', 'bgp-back': 'waiting', 'health-back': 'waiting' });
    await r.go(3 * MINUTE);
    expect(await r.rotation(started.id)).toMatchObject({ step: 'finished', outcome: 'rotated', endedAt: r.now() });
    expect((await r.keys().rotations({})).map(({ outcome }) => outcome)).toEqual(['rotated']);
    r.jump(31 * 24 * 60 * MINUTE);
    expect(await r.keys().rotations({})).toEqual([]);
  });

  it('refuses while the partner is down, unless somebody accepts that by name', async () => {
    const r = await rotating([{ what: 'tunnel-down', who: { tunnel: 'ams1-tun-b' }, from: '-8m' }]);
    await r.unlock();
    const { id, ...started } = await begin(r, 'ams1-tun-a');
    expect(started.step).toBe('check');
    expect(states({ id, ...started })).toMatchObject({ 'partner-healthy': 'bad', 'partner-bgp': 'bad' });
    expect(await setKey(r, id)).toMatchObject({ set: false, sentence: expect.stringContaining('ams1-tun-b') });
    expect(await setKey(r, id, { despite: ['partner-healthy'] })).toMatchObject({ set: false });
    expect(await setKey(r, id, { despite: ['partner-healthy', 'partner-bgp'] })).toMatchObject({ set: true });
  });

  it('says that nothing else carries the traffic of a tunnel that stands alone', async () => {
    const r = await rotating();
    await r.unlock();
    const started = await begin(r, 'lis1-tun-a');
    expect(states(started)).toMatchObject({ 'partner-healthy': 'bad', 'partner-bgp': 'good', 'own-bgp': 'good' });
    expect(sentenceOf(started, 'partner-healthy')).toContain('may be cut off');
  });

  it('is never begun for both halves at once, and not one right after the other', async () => {
    const r = await rotating();
    await r.unlock();
    const one = await begin(r, 'ams1-tun-a');
    const two = await begin(r, 'ams1-tun-b');
    expect(sentenceOf(two, 'other-rotation')).toContain('ams1-tun-a');
    const all = two.checks.map(({ id }) => id);
    expect(await setKey(r, two.id, { despite: all })).toMatchObject({ set: false });
    // The first waits for the second as well, until that one is given up.
    await r.keys().abandonRotation({ id: two.id, by: 'Ada' });
    made(await setKey(r, one.id));
    await r.keys().abandonRotation({ id: one.id, by: 'Ada' });
    await r.go(MINUTE);
    const again = await begin(r, 'ams1-tun-b');
    expect(states(again)).toMatchObject({ 'other-rotation': 'good', 'partner-settled': 'bad' });
  });

  it('shows a mismatch only after the re-authentication: until then all looks well', async () => {
    // The router still has the old key; its SA ends 20 min from now.
    const r = await rotating([{ what: 'tunnel-down', who: { tunnel: 'ams1-tun-a' }, from: '20m' }]);
    await r.unlock();
    const { id } = await begin(r, 'ams1-tun-a');
    made(await setKey(r, id));
    await r.keys().rotationDone({ id, step: 'router', by: 'Ada' });
    await r.go(20 * MINUTE);
    expect(r.engine().tunnel(r.key('ams1-tun-a'))?.row.lanes.health.value).toBe('healthy');
    expect(await r.rotation(id)).toMatchObject({ step: 'reauthenticate', outcome: null });

    await r.keys().rotationDone({ id, step: 'reauthenticate', by: 'Ada' });
    await r.go(5 * MINUTE);
    expect(await r.rotation(id)).toMatchObject({ step: 'verify', outcome: null });
    expect(states(await r.rotation(id))).toMatchObject({ 'bgp-back': 'waiting', 'health-back': 'waiting' });
    await r.go(26 * MINUTE);
    const late = await r.rotation(id);
    expect(states(late)).toMatchObject({ 'timestamp-moved': 'good', 'bgp-back': 'bad', 'health-back': 'bad' });
    expect(sentenceOf(late, 'bgp-back')).toContain('another key than Cloudflare');
    expect(late.next).toContain('set a new key');
    // A new key can be set from here; the tunnel's own BGP does not stand in the way any more.
    expect(made(await setKey(r, id)).rotation).toMatchObject({ step: 'router', reauthenticatedAt: null });
  });

  it('waits while Cloudflare holds the tunnel at degraded, and ends when it is back', async () => {
    const r = await rotating([{ what: 'tunnel-down', who: { tunnel: 'ams1-tun-a' }, from: '2m', for: '3m' }]);
    await r.unlock();
    const { id } = await begin(r, 'ams1-tun-a');
    made(await setKey(r, id));
    await r.go(MINUTE);
    await r.keys().rotationDone({ id, step: 'router', by: 'Ada' });
    await r.keys().rotationDone({ id, step: 'reauthenticate', by: 'Ada' });
    await r.go(4 * MINUTE);
    expect((await r.rotation(id)).outcome).toBeNull();
    for (let minute = 0; minute < 40 && (await r.rotation(id)).outcome === null; minute += 1) await r.go(MINUTE);
    expect(await r.rotation(id)).toMatchObject({ outcome: 'rotated' });
  });

  it('goes on after a restart where it was left', async () => {
    const r = await rotating();
    await r.unlock();
    const { id } = await begin(r, 'ams1-tun-a');
    made(await setKey(r, id));
    await r.keys().rotationDone({ id, step: 'router', by: 'Ada' });
    await r.restart();
    expect(await r.keys().rotations({})).toMatchObject([{ id, step: 'reauthenticate', by: 'Ada' }]);
    expect(await begin(r, 'ams1-tun-a')).toMatchObject({ id });
    await r.keys().rotationDone({ id, step: 'reauthenticate', by: 'Grace' });
    await r.restart();
    expect(await r.rotation(id)).toMatchObject({ step: 'finished', outcome: 'rotated' });
  });

  it('says that the key is lost when its answer was, and takes another one', async () => {
    const r = await rotating();
    await r.unlock();
    const { id } = await begin(r, 'ams1-tun-a');
    let keys = 0;
    r.beforeKey(() => {
      keys += 1;
      if (keys === 1) r.simulator.faults.set({ kind: 'applied-reset', match: 'writes', times: 1 });
    });
    expect(await setKey(r, id)).toMatchObject({ set: false });
    // Never again without somebody asking for it.
    expect(keys).toBe(1);
    await r.go(MINUTE);
    const lost = await r.rotation(id);
    expect(lost).toMatchObject({ step: 'key', setAt: null });
    expect(sentenceOf(lost, 'key-known')).toContain('not received here');
    expect(lost.next).toContain('not known to anybody');
    made(await setKey(r, id));
    expect(keys).toBe(2);
    const known = await r.rotation(id);
    expect(known).toMatchObject({ step: 'router' });
    expect(states(known)).toEqual({ 'timestamp-moved': 'good' });
  });

  it('takes a key of one’s own, but none that cannot be one', async () => {
    const r = await rotating();
    await r.unlock();
    const { id } = await begin(r, 'ams1-tun-a');
    expect(await setKey(r, id, { own: 'with\nline end' })).toMatchObject({
      set: false,
      problems: [{ field: 'psk' }],
    });
    const own = 'CanaryKey7hG7kPq2LwVx9RtBnZc4MfYsDj6Eu';
    expect(made(await setKey(r, id, { own })).newKey.psk).toBe(own);
    await r.go(MINUTE);
    const replies = JSON.stringify([
      await r.keys().rotations({}),
      await r.keys().keys({}),
      await r.keys().keysCalendar({}),
    ]);
    expect(replies).not.toContain('CanaryKey');
    for (const file of readdirSync(r.folder)) {
      expect(readFileSync(join(r.folder, file)).includes('CanaryKey'), file).toBe(false);
    }
  });

  it('cannot set two keys at once, nor any while the account is locked', async () => {
    const r = await rotating();
    const { id } = await begin(r, 'ams1-tun-a');
    const all = ['unlocked', 'fresh'];
    expect(await setKey(r, id, { despite: all })).toMatchObject({
      set: false,
      sentence: expect.stringContaining('locked'),
    });
    await r.unlock();
    const both = await Promise.allSettled([setKey(r, id), setKey(r, id)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('knows nothing of a tunnel that is not there', async () => {
    const r = await rotating();
    await expect((async () => begin({ ...r, key: () => 'x/y' as never }, ''))()).rejects.toThrow('not on the list');
    expect(await r.keys().rotation({ id: 'none' })).toBeNull();
    expect(await r.keys().abandonRotation({ id: 'none', by: 'Ada' })).toBeNull();
  });
});

it('plans all keys of the running engine', async () => {
  const r = await rotating([{ what: 'stale-psk', who: { site: 'ams1' }, age: '200d' }]);
  const view = await r.keys().keys({});
  expect(view.keys.map(({ name }) => name).toSorted()).toEqual(['ams1-tun-a', 'ams1-tun-b', 'lis1-tun-a']);
  expect(view.batches.map(({ keys }) => keys.length)).toEqual([1, 1]);
  expect(view.batches[0]?.partners[0]).toMatchObject({
    grouping: expect.stringMatching(/^redundancy group "/),
    by: ['ams1-tun-b'],
  });
  expect((await r.keys().keysCalendar({})).ics).toContain('2 keys overdue for rotation');
});
