/** The transcript as it was against the one that was wanted. */
import { isPage } from '../../src/shared/alerts.ts';
import type { Millis } from '../../src/shared/model.ts';
import type { Story, Told } from './language.ts';
import type { Heard } from './stage/recorder.ts';

export interface Verdict {
  readonly id: string;
  readonly expected: number;
  readonly sent: number;
  /** Pages that nobody wanted. */
  readonly falsePages: number;
  /** Pages that were wanted and did not come. */
  readonly missed: number;
  /** All that is wrong, pages or not: one line each. */
  readonly complaints: readonly string[];
}

/** `1d2h3m4s` without zeros. */
export function clockWords(ms: Millis): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join('') || '0s'
  );
}

/** A heard notice in the words of a transcript. */
export function heardLine({ at, sink, kind, severity, title }: Heard): string {
  return `${clockWords(at)} ${sink} ${kind} ${severity}: ${title}`;
}

const toldLine = ({ from, to, sink, kind, severity, title }: Told): string =>
  `${clockWords(from)}${from === to ? '' : `..${clockWords(to)}`} ${sink} ${kind} ${severity}: ${title}`;

/** True when `text` reads as `pattern`, in which `…` stands for anything. */
export function reads(text: string, pattern: string): boolean {
  const escaped = pattern.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'su').test(text);
}

const fits = (heard: Heard, told: Told): boolean =>
  heard.sink === told.sink &&
  heard.kind === told.kind &&
  heard.severity === told.severity &&
  Math.round(heard.at / 1_000) * 1_000 >= told.from &&
  Math.round(heard.at / 1_000) * 1_000 <= told.to &&
  reads(heard.title, told.title) &&
  (told.says === null || reads(heard.sentence, told.says));

/** What one sink hears of one incident comes in the order in which it is written. */
function outOfOrder(told: readonly Told[], taken: ReadonlyMap<Told, Heard>, heard: readonly Heard[]): string[] {
  return told.flatMap((line, index) => {
    const one = taken.get(line);
    if (one === undefined) return [];
    const early = told.slice(0, index).some((before) => {
      const other = taken.get(before);
      const same = other?.sink === one.sink && other.incidentId === one.incidentId;
      return other !== undefined && same && heard.indexOf(other) > heard.indexOf(one);
    });
    return early ? [`came too early: ${toldLine(line)}`] : [];
  });
}

/** Each expected line takes the first fitting notice; what is left on either side is wrong. */
export function judge(story: Story, heard: readonly Heard[], alsoWrong: readonly string[]): Verdict {
  const left = [...heard];
  const missing: Told[] = [];
  const taken = new Map<Told, Heard>();
  for (const told of story.told) {
    const index = left.findIndex((one) => fits(one, told));
    const [one] = index < 0 ? [] : left.splice(index, 1);
    if (one === undefined) missing.push(told);
    else taken.set(told, one);
  }
  return {
    id: story.id,
    expected: story.told.filter(({ kind }) => isPage(kind)).length,
    sent: heard.filter(({ kind }) => isPage(kind)).length,
    falsePages: left.filter(({ kind }) => isPage(kind)).length,
    missed: missing.filter(({ kind }) => isPage(kind)).length,
    complaints: [
      ...missing.map((told) => `missed: ${toldLine(told)}`),
      ...left.map((one) => `not wanted: ${heardLine(one)}`),
      ...outOfOrder(story.told, taken, heard),
      ...alsoWrong,
    ],
  };
}

/** The table of all stories and their totals. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const width = Math.max(8, ...verdicts.map(({ id }) => id.length));
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(width) : String(cell).padStart(14))).join('');
  const sum = (pick: (verdict: Verdict) => number): number => verdicts.reduce((all, one) => all + pick(one), 0);
  const figures = [
    (one: Verdict) => one.expected,
    (one: Verdict) => one.sent,
    (one: Verdict) => one.falsePages,
    (one: Verdict) => one.missed,
  ];
  return [
    row(['scenario', 'pages expected', 'pages sent', 'false', 'missed']),
    ...verdicts.map((one) => row([one.id, ...figures.map((figure) => figure(one))])),
    row([`all ${verdicts.length}`, ...figures.map(sum)]),
  ].join('\n');
}
