import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandNotifier } from '../../../../src/engine/alerts/sinks/command.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { notice } from './notices.ts';

const patience = (): AbortSignal => AbortSignal.timeout(30_000);

describe.skipIf(process.platform === 'win32')(
  'a command (needs a shell to write programs for; skipped on Windows)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-command-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    let count = 0;

    function run(script: string, timeoutMs = 10_000, mode = 0o700) {
      count += 1;
      const program = join(folder, `program-${count}`);
      writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode });
      const notifier = commandNotifier(
        { name: 'c', program, args: [], env: [], timeoutMs, updates: false },
        systemClock(),
        { PATH: process.env.PATH },
      );
      return notifier.deliver(notice({ name: '$(touch pwned) `x`' }), '1', patience());
    }

    it('is over in time, with all that it started', async () => {
      const pids = join(folder, 'pids');
      const attempt = await run(`sleep 600 & echo $! > ${pids}; echo $$ >> ${pids}; wait`, 700);
      expect(attempt).toMatchObject({
        ok: false,
        retry: true,
        sentence: expect.stringContaining('did not end within'),
      });
      const alive = (pid: number): boolean => {
        try {
          process.kill(pid, 0);
          // A zombie is not alive: somebody else has yet to collect it.
          return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        } catch {
          return false;
        }
      };
      const started = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
      expect(started).toHaveLength(2);
      await expect.poll(() => started.filter(alive)).toEqual([]);
    });

    it('is not kept waiting by what it left behind', async () => {
      const began = performance.now();
      expect(await run('sleep 20 & echo told')).toMatchObject({ ok: true, sentence: expect.stringContaining('told') });
      expect(performance.now() - began).toBeLessThan(15_000);
    });

    it('may leave its input unread', async () => {
      expect(await run('exec <&-; exit 0')).toMatchObject({ ok: true });
    });

    it('may say much', async () => {
      const attempt = await run('yes told | head -c 5000000; exit 0');
      expect(attempt).toMatchObject({ ok: true });
      expect(attempt.sentence.length).toBeLessThan(300);
    });

    it('says why it could not be started', async () => {
      expect(await run('exit 0', 10_000, 0o600)).toMatchObject(
        // Root may run what nobody may run? No: without any x bit nobody may.
        { ok: false, retry: false, sentence: expect.stringContaining('may not be run') },
      );
      const missing = commandNotifier(
        { name: 'c', program: join(folder, 'none'), args: [], env: [], timeoutMs: 1000, updates: false },
        systemClock(),
        {},
      );
      expect(await missing.deliver(notice(), '1', patience())).toEqual({
        ok: false,
        retry: false,
        retryAfterMs: null,
        sentence: 'none could not be started: there is no such program.',
      });
    });
  },
);
