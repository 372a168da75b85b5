/** The pure parts of the findings view: piles, filters, groups, rows, marks, visits, waivers, exports, German. */
import { describe, expect, it } from 'vitest';
import { findingsCsv, findingsJson } from '../../src/renderer/views/findings/export.ts';
import { FEW, findingList, findingRows, isWaived } from '../../src/renderer/views/findings/findings-list.ts';
import {
  type FindingsQuery,
  readFindingsQuery,
  writeFindingsQuery,
} from '../../src/renderer/views/findings/findings-query.ts';
import { marked } from '../../src/renderer/views/findings/marked.ts';
import { keptVisits, visitsAt } from '../../src/renderer/views/findings/visits.ts';
import { dayOf, waiveUntil } from '../../src/renderer/views/findings/waive-until.ts';
import type { FoundFinding } from '../../src/shared/lint.ts';
import type { TunnelKey } from '../../src/shared/model.ts';
import { ACME, boardOf } from './harness/board.ts';
import { findingOn, findingsOf, MADE, waiverOf } from './harness/findings.ts';
import { DAY, MINUTE, NOW } from './tunnel-fixture.ts';

const ROWS = boardOf(60, NOW).rows;
const EVERYTHING = readFindingsQuery(new URLSearchParams());
const [ROW, OTHER] = ROWS as unknown as [(typeof ROWS)[number], (typeof ROWS)[number]];
const [DISABLED, OVERLAP, REPLY] = MADE as unknown as [(typeof MADE)[0], (typeof MADE)[0], (typeof MADE)[0]];

function listOf(found: readonly FoundFinding[], part: Partial<FindingsQuery> = {}, lastVisit: number | null = null) {
  const haystack = ({ name, rule, evidence }: FoundFinding): string => `${name} ${rule} ${evidence}`.toLowerCase();
  return findingList(found, [], { ...EVERYTHING, ...part }, { now: NOW, lastVisit, haystack });
}

describe('the list of findings', () => {
  it('puts what is waived apart, and brings back what was waived until a time that is over', () => {
    const open = findingOn(ROW, DISABLED, NOW - DAY);
    const held = findingOn(ROW, REPLY, NOW - DAY, waiverOf(ROW, REPLY, NOW - DAY, NOW + 1));
    const over = findingOn(OTHER, REPLY, NOW - DAY, waiverOf(OTHER, REPLY, NOW - DAY, NOW));
    const all = [open, held, over];
    expect(listOf(all).piles).toEqual({ open: 2, waived: 1, unknown: 0 });
    expect(listOf(all, { pile: 'waived' }).groups.flatMap(({ findings }) => findings)).toEqual([held]);
    expect([isWaived(held, NOW), isWaived(held, NOW + 1), isWaived(over, NOW)]).toEqual([true, false, false]);
  });

  it('groups by rule with the worst and largest first, by tunnel with the worst first', () => {
    const found = [
      findingOn(ROW, REPLY, NOW),
      findingOn(OTHER, REPLY, NOW),
      findingOn(OTHER, OVERLAP, NOW),
      findingOn(OTHER, DISABLED, NOW),
      findingOn(ROW, DISABLED, NOW),
    ];
    expect(listOf(found).groups.map(({ id }) => id)).toEqual(['hc-disabled', 'ifaddr-overlap', 'hc-type-reply']);
    const byTunnel = listOf(found, { by: 'tunnel' }).groups;
    expect(byTunnel.map(({ id, findings }) => [id, findings.map(({ rule }) => rule)])).toEqual([
      [ROW.key, ['hc-disabled', 'hc-type-reply']],
      [OTHER.key, ['hc-disabled', 'ifaddr-overlap', 'hc-type-reply']],
    ]);
  });

  it('counts severities over what the other filters leave', () => {
    const found = findingsOf(ROWS, 60, NOW).findings;
    const all = listOf(found, { severities: ['error'] });
    expect(all.groups.every(({ severity }) => severity === 'error')).toBe(true);
    expect(all.counts).toEqual(listOf(found).counts);
    const acme = listOf(found, { account: ACME });
    const sum = ({ counts }: typeof all): number => counts.error + counts.warning + counts.info;
    expect(sum(acme)).toBeLessThan(sum(all));
    expect(listOf(found, { text: 'REPLY health' }).groups.map(({ id }) => id)).toEqual(['hc-type-reply']);
  });

  it('knows what is new since a visit, a stretch or a time', () => {
    const found = [findingOn(ROW, DISABLED, NOW - 2 * DAY), findingOn(OTHER, DISABLED, NOW - 60 * MINUTE)];
    const some = (part: Partial<FindingsQuery>, visit: number | null = null): number =>
      listOf(found, part, visit).groups.flatMap(({ findings }) => findings).length;
    expect(some({ since: 'day' })).toBe(1);
    expect(some({ since: 'week' })).toBe(2);
    expect(some({ since: NOW - 30 * MINUTE })).toBe(0);
    expect(some({ since: 'visit' }, NOW - DAY)).toBe(1);
    expect(some({ since: 'visit' }, null)).toBe(2);
  });

  it('shows the first of a large group, and all of it when that is wanted', () => {
    const { groups } = listOf(ROWS.map((row) => findingOn(row, DISABLED, NOW)));
    const rows = findingRows(groups, new Set());
    expect(rows.map(({ kind }) => kind)).toEqual(['group', ...Array(FEW).fill('finding'), 'rest']);
    expect(rows.at(-1)).toMatchObject({ rest: ROWS.length - FEW });
    expect(findingRows(groups, new Set(['hc-disabled']))).toHaveLength(ROWS.length + 1);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('has its place in the address', () => {
    const query: FindingsQuery = {
      pile: 'waived',
      by: 'tunnel',
      severities: ['error', 'info'],
      account: ACME,
      text: 'a & b',
      since: NOW,
      open: { rule: 'x:backup-idle', key: `${ACME}/a1` as TunnelKey, evidence: 'route 10.0.0.0/8' },
    };
    expect(readFindingsQuery(writeFindingsQuery(query))).toEqual(query);
    expect(writeFindingsQuery(EVERYTHING).toString()).toBe('');
    expect(readFindingsQuery(new URLSearchParams('severity=fatal&since=never&show=x&by=y&rule=z'))).toEqual(EVERYTHING);
  });
});

describe('the mark in the evidence', () => {
  it.each([
    ['health_check.type is reply', 'health_check.type', 'reply', 'health_check.type is |reply|'],
    ['rate 1 of 10.0.0.1 is 1.', 'rate', '1', 'rate |1| of 10.0.0.1 is 1.'],
    ['10.0.0.1/31 lies in 10.0.0.0/30', null, '10.0.0.0/30', '10.0.0.1/31 lies in |10.0.0.0/30|'],
    ['customer_asn: 65535.', 'customer_asn', '65535', 'customer_asn: |65535|.'],
    ['name "a b" has a blank', 'name', 'a b', 'name "|a b|" has a blank'],
    ['nothing of it', 'name', 'else', 'nothing of it||'],
    ['no value', null, null, 'no value||'],
    ['empty', 'name', '', 'empty||'],
  ])('%s', (evidence, field, value, parts) => {
    const { before, mark, after } = marked(evidence, field, value);
    expect(`${before}|${mark}|${after}`).toBe(parts);
  });
});

describe('visits', () => {
  it('goes on through reloads, and begins anew after half an hour', () => {
    const first = visitsAt(null, NOW);
    expect(first.before).toBeNull();
    const reloaded = visitsAt(keptVisits(first), NOW + 20 * MINUTE);
    expect(reloaded.before).toBeNull();
    const nextDay = visitsAt(keptVisits(reloaded), NOW + DAY);
    expect(nextDay.before).toBe(NOW + 20 * MINUTE);
    expect(visitsAt(keptVisits(nextDay), NOW + DAY + MINUTE).before).toBe(NOW + 20 * MINUTE);
    expect(visitsAt('nonsense', NOW)).toEqual({ before: null, last: NOW });
  });
});

describe('until when a finding is waived', () => {
  it('takes a length, or the end of a day to come within two years', () => {
    expect(waiveUntil('week', '', NOW)).toBe(NOW + 7 * DAY);
    expect(waiveUntil('year', '', NOW)).toBe(NOW + 365 * DAY);
    const end = waiveUntil('own', dayOf(NOW), NOW) ?? 0;
    expect(end).toBeGreaterThan(NOW);
    expect(end - NOW).toBeLessThanOrEqual(DAY);
    for (const day of ['2026-10-19', '2031-01-01', '', 'soon']) expect(waiveUntil('own', day, NOW)).toBeNull();
  });
});

describe('exports', () => {
  const evil = { ...findingOn(ROW, DISABLED, NOW, waiverOf(ROW, DISABLED, NOW - DAY, NOW + DAY)), name: '=cmd|x' };

  it('give CSV that no spreadsheet takes for formulas', () => {
    const [heads, line] = findingsCsv([evil], () => '@Acme', NOW).split('\r\n');
    expect(heads).toMatch(/^rule,severity,account,account_id,tunnel,tunnel_id,site,field,value,evidence,/);
    expect(line).toContain(`hc-disabled,error,'@Acme,${ACME},'=cmd|x,`);
    expect(line).toContain(',true,Ana Kovač,"Lab tunnel, rebuilt with change 4711",');
  });

  it('give JSON with the same facts as they are', () => {
    const json = JSON.parse(findingsJson([evil], () => '@Acme', NOW));
    expect(json.exported_at).toBe(new Date(NOW).toISOString());
    expect(json.findings[0]).toMatchObject({
      rule: 'hc-disabled',
      tunnel: '=cmd|x',
      waived: true,
      waived_until: new Date(NOW + DAY).toISOString(),
    });
  });
});
