/** Fault matrix rows 14, 21, 23 for alerts: what is on disk gets out, at least once, whatever ends or fails in between. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notifier, Planned } from '../../src/engine/alerts/contract.ts';
import { createOutbox } from '../../src/engine/alerts/deliver/outbox.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { int, openSqlite, text } from '../../src/engine/history/sqlite.ts';
import { NOTHING, open, planned, tempFolder } from '../engine/alerts/store/bed.ts';
import { httpNotifier } from './children/alerts-notifier.ts';
import { runChild } from './store-bed.ts';

interface Receiver {
  readonly url: string;
  /** What came in and was answered well, in order. */
  readonly got: string[];
}

/** An HTTP server that answers `status()` after `delay()` ms. */
async function receiver({
  status = () => 200,
  delay = () => 0,
}: {
  status?: () => number;
  delay?: () => number;
} = {}): Promise<Receiver & { readonly server: Server }> {
  const got: string[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const code = status();
      if (code < 300) got.push(`${request.url?.slice(2) ?? ''} ${body}`.trim());
      setTimeout(() => reply.writeHead(code).end(), delay());
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got, server };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 120_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await new Promise((wait) => setTimeout(wait, 10));
  }
}

function sending(notifiers: readonly Notifier[], path: string | null = null) {
  const clock = systemClock();
  const store = open(path, clock);
  const saved = store.load();
  const bugs: unknown[] = [];
  const onBug = (_doing: string, error: unknown): void => {
    bugs.push(error);
  };
  const outbox = createOutbox({ notifiers, store, clock, random: () => 1, onBug });
  onTestFinished(() => outbox.stop());
  outbox.add(saved.outbox);
  return { store, outbox, bugs };
}

/** A notice of this moment: one of last week would be given up at the first refusal. */
function plannedNow(...args: Parameters<typeof planned>): Planned {
  const made = planned(...args);
  return { ...made, notice: { ...made.notice, at: Date.now() } };
}

const word = (line: string): string => line.split(' ').slice(0, 2).join(' ');

describe('kill -9 while incidents are recorded and told', () => {
  const KILLS_PER_FILE = 50;

  /** Kills one child after the other over one file; returns the highest number that was acknowledged. */
  async function killOften(path: string, url: string): Promise<number> {
    let acknowledged = 0;
    for (let run = 1; run <= KILLS_PER_FILE; run += 1) {
      const child = runChild('alerts-teller.ts', [path, `${url}?${run}`]);
      await child.printed('\n');
      await new Promise((wait) => setTimeout(wait, Math.random() * 30));
      child.kill();
      const output = await child.ended;
      acknowledged = Math.max(acknowledged, ...output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number));
    }
    return acknowledged;
  }

  /** An incident and its notice are both there, or neither. Returns the number of incidents. */
  function inspect(path: string): number {
    const db = openSqlite(path, { busyMs: 2_000, readOnly: false });
    const one = (sql: string) => db.prepare(sql).row() ?? [];
    expect(text(one('PRAGMA integrity_check'), 0)).toBe('ok');
    const told = "(SELECT incident FROM deliveries WHERE kind = 'firing')";
    expect(int(one(`SELECT count(*) FROM incidents WHERE id NOT IN ${told}`), 0)).toBe(0);
    expect(int(one('SELECT count(*) FROM deliveries WHERE incident NOT IN (SELECT id FROM incidents)'), 0)).toBe(0);
    const count = int(one('SELECT count(*) FROM incidents'), 0);
    db.close();
    return count;
  }

  async function survive(path: string): Promise<string> {
    const { url, got } = await receiver({ delay: () => Math.random() * 4 });
    const acknowledged = await killOften(path, url);
    const count = inspect(path);
    expect(count).toBeGreaterThanOrEqual(Math.max(acknowledged, KILLS_PER_FILE));
    const { outbox, store, bugs } = sending([httpNotifier('hook', `${url}?0`)], path);
    await until(() => outbox.status()[0]?.waiting === 0, 'all delivered');
    // No process says a thing twice; a kill doubles at most the four that were under way.
    expect(new Set(got).size).toBe(got.length);
    const lines = got.map((line) => line.slice(line.indexOf(' ') + 1));
    const notices = new Set(lines);
    expect(lines.length - notices.size).toBeLessThanOrEqual(4 * KILLS_PER_FILE);
    // One id for each notice, over all attempts and processes.
    const words = [...notices].map(word);
    expect(new Set(words).size).toBe(words.length);
    for (let n = 1; n <= count; n += 1) expect(words, `i-${n}`).toContain(`firing i-${n}`);
    for (const end of words.filter((said) => said.startsWith('resolved'))) {
      expect(words.indexOf(end.replace('resolved', 'firing')), end).toBeLessThan(words.indexOf(end));
    }
    const log = store.deliveries({ incidentId: null, sink: null, before: null, limit: 1e6 });
    expect(log.filter(({ state }) => state !== 'delivered')).toEqual([]);
    expect(log).toHaveLength(words.length);
    expect(outbox.undelivered()).toBe(0);
    expect(bugs).toEqual([]);
    return `${KILLS_PER_FILE} kills: ${count} incidents, ${notices.size} notices, ${lines.length - notices.size} doubled`;
  }

  it('loses none, doubles at most what was under way, keeps the order, 100 times', { timeout: 900_000 }, async () => {
    const paths = [1, 2].map(() => join(tempFolder(), 'alerts.db'));
    console.log((await Promise.all(paths.map(survive))).join('\n'));
  });
});

describe('receivers that fail', () => {
  it('are retried, shown as undelivered, and hold up neither each other nor the rest', async () => {
    let status = 503;
    const broken = await receiver({ status: () => status });
    const works = await receiver();
    // Takes the connection and says nothing.
    const sockets = new Set<Socket>();
    const silent = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const gone = await receiver();
    await new Promise((closed) => gone.server.close(closed));
    const { outbox, store, bugs } = sending([
      httpNotifier('works', works.url),
      httpNotifier('broken', broken.url),
      httpNotifier('refuses', gone.url),
      httpNotifier('hangs', `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`),
      httpNotifier('nowhere', 'http://receiver.invalid/'),
    ]);
    const names = outbox.status().map(({ name }) => name);
    for (let n = 1; n <= 20; n += 1)
      outbox.add(store.record({ ...NOTHING, planned: names.map((sink) => plannedNow(n, 'firing', sink)) }, {}));
    await until(() => works.got.length === 20, 'the one that works has all');
    const state = (name: string) => outbox.status().find((sink) => sink.name === name);
    await until(() => ['broken', 'refuses', 'nowhere'].every((name) => state(name)?.state === 'failing'), 'three fail');
    expect(state('broken')?.lastAnswer).toBe('Answered 503.');
    expect(state('refuses')?.lastAnswer).toBe('Failed with ECONNREFUSED.');
    expect(state('nowhere')?.lastAnswer).toMatch(/^Failed with E(NOTFOUND|AI_AGAIN)/);
    expect(state('hangs')).toMatchObject({ waiting: 20 });
    await until(() => sockets.size === 4, 'four are under way, and no more');
    await until(() => outbox.undelivered() >= 60, 'three times twenty are undelivered');
    const [tried] = store.deliveries({ incidentId: 'i-1', sink: 'broken', before: null, limit: 1 });
    expect(tried).toMatchObject({ state: 'waiting', answer: 'Answered 503.' });
    expect(tried?.attempts).toBeGreaterThan(0);
    status = 200;
    await until(() => new Set(broken.got).size === 20, 'the broken one recovers');
    await until(() => state('broken')?.waiting === 0, 'and has nothing left');
    expect(state('broken')?.state).toBe('ok');
    // Attempts that hang would last 15 s.
    const stopping = performance.now();
    await outbox.stop();
    expect(performance.now() - stopping).toBeLessThan(10_000);
    expect(bugs).toEqual([]);
  });

  it('are told after a restart what they missed, once, in order', async () => {
    const path = join(tempFolder(), 'alerts.db');
    let status = 500;
    const hook = await receiver({ status: () => status });
    const first = sending([httpNotifier('hook', hook.url)], path);
    for (const kind of ['firing', 'worse', 'resolved'] as const) {
      first.outbox.add(first.store.record({ ...NOTHING, planned: [plannedNow(1, kind), plannedNow(2, kind)] }, {}));
    }
    await until(() => first.outbox.undelivered() > 0, 'tried');
    await first.outbox.stop();
    first.store.close();
    status = 200;
    const second = sending([httpNotifier('hook', hook.url)], path);
    await until(() => hook.got.length === 6, 'all delivered');
    for (const id of ['i-1', 'i-2']) {
      expect(hook.got.map(word).filter((said) => said.endsWith(id))).toEqual(
        ['firing', 'worse', 'resolved'].map((kind) => `${kind} ${id}`),
      );
    }
    await until(() => second.outbox.status()[0]?.waiting === 0, 'and kept');
    expect(second.outbox.undelivered()).toBe(0);
  });
});
