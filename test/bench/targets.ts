/** What each figure should reach. A figure without an entry is printed without a verdict. */
export interface Target {
  /** At most. */
  readonly max?: number;
  /** At least. */
  readonly min?: number;
  readonly unit: string;
}

export const TARGETS: Readonly<Record<string, Target>> = {
  'poll.unchanged.1000.vsSdk': { max: 0.35, unit: '×' },
  'poll.changed1pct.1000.vsSdk': { max: 1, unit: '×' },
  'poll.unchanged.10000.vsSdk': { max: 0.35, unit: '×' },
  'poll.changed1pct.10000.vsSdk': { max: 1, unit: '×' },
  'history.range.p99ms': { max: 10, unit: 'ms' },
  'history.bytesPerTunnelYear': { max: 1_000_000, unit: 'B' },
  'history.open.ms': { max: 300, unit: 'ms' },
  'timetravel.seekP95Ms': { max: 50, unit: 'ms' },
  'reports.longestBlockMs': { max: 50, unit: 'ms' },
  'reports.year.ms': { unit: 'ms' },
  'timetravel.marksWeek.ms': { unit: 'ms' },
  'replay.days.perSecond': { unit: 'd/s' },
  'alerts.detectToNotifyP99Ms.1000': { max: 250, unit: 'ms' },
  'alerts.step.10000ms': { max: 16, unit: 'ms' },
  'lint.full.10000ms': { max: 2_000, unit: 'ms' },
  'lint.change.10000ms': { max: 25, unit: 'ms' },
  'rss.headless.1000Mb': { max: 150, unit: 'MB' },
  'board.firstPaintMs.1000': { max: 1_000, unit: 'ms' },
  'board.updateP95Ms.1000': { max: 16, unit: 'ms' },
  'wall.firstPaintMs.400': { max: 1_000, unit: 'ms' },
  'wall.updateP95Ms.400': { max: 16, unit: 'ms' },
  'wall.heapGrowthPct': { max: 10, unit: '%' },
  'main.startToFirstPollMs': { max: 1_500, unit: 'ms' },
  'ipc.deltaP95Ms.1000': { max: 50, unit: 'ms' },
  'renderer.gzipKb': { max: 160, unit: 'kB' },
};

/** `ok`, or `missed by …`; nothing when there is no target. */
export function verdict(name: string, value: number): string {
  const target = TARGETS[name];
  if (target === undefined || (target.max === undefined && target.min === undefined)) return '';
  const over = target.max === undefined ? 0 : value - target.max;
  const under = target.min === undefined ? 0 : target.min - value;
  const miss = Math.max(over, under);
  return miss > 0 ? `missed by ${figure(miss)} ${target.unit}` : 'ok';
}

/** The bound in words. */
export function bound(name: string): string {
  const target = TARGETS[name];
  if (target?.max !== undefined) return `≤ ${figure(target.max)} ${target.unit}`;
  return target?.min === undefined ? '' : `≥ ${figure(target.min)} ${target.unit}`;
}

/** Three significant digits below 1000, whole numbers above. */
export function figure(value: number): string {
  return Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
