/** Ring 4: built preload and real handlers joined, with a structured clone wherever processes would part. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeMessage } from '../../src/shared/bridge.ts';
import { resetElectron } from '../fakes/electron.ts';
import { EMPTY_BOARD, PULSE, recordingHost } from '../fakes/ipc-host.ts';
import { openLoopBack } from '../fakes/loop-back.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => resetElectron());

describe('page and host', () => {
  it('meet: board first, then deltas, until the page stops', async () => {
    const host = recordingHost();
    const { bridge, close } = openLoopBack(host);
    const heard: BridgeMessage[] = [];
    const stop = bridge.subscribe((message) => heard.push(message));
    await settle();
    host.announce(PULSE);
    await settle();
    expect(heard).toEqual([EMPTY_BOARD, PULSE]);
    stop();
    await settle();
    expect(host.listeners.size).toBe(0);
    close();
  });

  it('pass arguments and replies whole', async () => {
    const host = recordingHost();
    const { bridge, close } = openLoopBack(host);
    expect(await bridge.call('pollNow', { accountId: null })).toEqual({ ok: true, value: null });
    expect(host.calls).toEqual([{ name: 'pollNow', args: { accountId: null } }]);
    close();
  });

  it('meet again after a reload, without a listener left over', async () => {
    const host = recordingHost();
    const page = openLoopBack(host);
    const before: BridgeMessage[] = [];
    page.bridge.subscribe((message) => before.push(message));
    await settle();
    const after: BridgeMessage[] = [];
    page.reload().subscribe((message) => after.push(message));
    await settle();
    host.announce(PULSE);
    await settle();
    expect(host.listeners.size).toBe(1);
    expect(after).toEqual([EMPTY_BOARD, PULSE]);
    expect(before).toEqual([EMPTY_BOARD]);
    page.close();
  });

  it('part when the door closes: the page is told, the call is answered', async () => {
    const page = openLoopBack(recordingHost());
    page.close();
    const heard: BridgeMessage[] = [];
    page.bridge.subscribe((message) => heard.push(message));
    await settle();
    expect(heard).toMatchObject([{ type: 'lost' }]);
    expect(await page.bridge.call('pollNow', { accountId: null })).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    });
  });
});
