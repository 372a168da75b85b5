import { describe, expect, it } from 'vitest';
import { createEngineSlot, type EngineOpener } from '../../../src/engine/bridge/engine-slot.ts';
import { createBridgeHost } from '../../../src/engine/bridge/host.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { HostMessage } from '../../../src/shared/bridge.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { type FakeEngine, fakeEngine } from '../../fakes/engine.ts';

function stand(engine = fakeEngine()) {
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00Z'));
  const slot = createEngineSlot(engine, clock);
  const host = createBridgeHost({ engine: slot, clock, startPractice: null, onBug: () => undefined });
  const heard: HostMessage[] = [];
  host.subscribe((message) => heard.push(message));
  return { clock, slot, host, heard, engine };
}

/** Lets the engine of before go, waits for the word, and opens this one. */
function slowly(next: FakeEngine): { open: EngineOpener; go: () => void } {
  let go = (): void => undefined;
  const word = new Promise<void>((resolve) => {
    go = resolve;
  });
  const open: EngineOpener = async (letGo) => {
    await letGo();
    await word;
    return ok(next);
  };
  return { open, go };
}
const opens =
  (next: FakeEngine): EngineOpener =>
  async (letGo) => {
    await letGo();
    return ok(next);
  };
const fails: EngineOpener = async (letGo) => {
  await letGo();
  return err('No.');
};

describe('an exchange of engines', () => {
  it('gives pages a full board, answers with a sentence in between, and stops the one before first', async () => {
    const { slot, host, heard, engine } = stand();
    const next = fakeEngine({ tunnels: 3 });
    const { open, go } = slowly(next);
    const done = slot.exchange(open, fails);
    expect(engine.stopped).toBe(true);
    expect(await host.call('pollNow', { accountId: null })).toEqual({
      ok: false,
      error: { kind: 'failed', sentence: 'The settings are being changed at this moment; ask again in a second.' },
    });
    expect(host.board().rows).toHaveLength(engine.board().rows.length);
    host.wake();
    go();
    expect(await done).toEqual(ok(null));
    expect(heard.at(-1)).toEqual(next.board());
    next.pulse();
    engine.pulse();
    expect(heard.map(({ type }) => type)).toEqual(['board', 'board', 'pulse']);
    expect(engine.subscribers).toBe(0);
    expect(await host.call('pollNow', { accountId: null })).toMatchObject({ ok: true });
  });

  it('that fails brings the one before back, and says why', async () => {
    const { slot, host, heard } = stand();
    const before = fakeEngine({ tunnels: 5 });
    expect(await slot.exchange(fails, opens(before))).toEqual(err('No.'));
    expect(heard.at(-1)).toEqual(before.board());
    expect(host.board().rows).toHaveLength(5);
  });

  it('that fails before anything was let go leaves the engine alone', async () => {
    const { slot, engine } = stand();
    expect(await slot.exchange(async () => err('No.'), fails)).toEqual(err('No.'));
    expect(engine.stopped).toBe(false);
    expect(slot.engine()).toBe(engine);
  });

  it('survives a bug of whoever opens', async () => {
    const { slot } = stand();
    const before = fakeEngine();
    const thrown: EngineOpener = async (letGo) => {
      await letGo();
      throw new TypeError('CANARY');
    };
    const answer = await slot.exchange(thrown, opens(before));
    expect(answer.ok ? '' : answer.error).toMatch(/through a bug .*TypeError/);
    expect(JSON.stringify(answer)).not.toContain('CANARY');
    expect(slot.engine()).toBe(before);
  });

  it('after which nothing runs is tried again until something does', async () => {
    const { clock, slot } = stand();
    const before = fakeEngine();
    let tries = 0;
    const third: EngineOpener = async () => {
      tries += 1;
      return tries < 3 ? err('The file is held.') : ok(before);
    };
    await slot.exchange(fails, third);
    expect(() => slot.engine()).toThrow(/ask again/);
    await clock.advance(5_000, async () => undefined);
    expect(tries).toBe(2);
    await clock.advance(5_000, async () => undefined);
    await expect.poll(() => tries).toBe(3);
    expect(slot.engine()).toBe(before);
  });

  it('is one at a time', async () => {
    const { slot } = stand();
    const [one, two] = [fakeEngine(), fakeEngine()];
    const { open, go } = slowly(one);
    const both = [slot.exchange(open, fails), slot.exchange(opens(two), fails)];
    go();
    expect(await Promise.all(both)).toEqual([ok(null), ok(null)]);
    expect([one.stopped, two.stopped]).toEqual([true, false]);
    expect(slot.engine()).toBe(two);
  });

  it('that is under way at the end leaves nothing running', async () => {
    const { slot, heard } = stand();
    const next = fakeEngine();
    const { open, go } = slowly(next);
    const done = slot.exchange(open, fails);
    const stopped = slot.stop();
    go();
    await stopped;
    expect(await done).toEqual(err('The host is stopping.'));
    expect(next.stopped).toBe(true);
    expect(heard).toHaveLength(1);
    expect(await slot.exchange(opens(fakeEngine()), fails)).toEqual(err('The host is stopping.'));
  });

  it('leaves practice mode running until the other engine is there', async () => {
    const practice = fakeEngine({ practice: true });
    const { slot } = stand(practice);
    const next = fakeEngine();
    const { open, go } = slowly(next);
    const done = slot.exchange(open, fails);
    await Promise.resolve();
    expect(practice.stopped).toBe(false);
    expect(slot.engine()).toBe(practice);
    go();
    await done;
    expect(practice.stopped).toBe(true);
    expect(slot.engine()).toBe(next);
  });
});
