import type { Entries } from './entries.ts';

/** How many tunnels are down on facts that count now: what a tab in the background tells. */
export function countDown(entries: Entries): number {
  let down = 0;
  for (const { bucket } of entries.values()) if (bucket === 'down') down += 1;
  return down;
}

/** What the icon of the tab says: the shapes of the marks, in colours that hold on light and dark tabs. */
export type TabMark = 'up' | 'down' | 'unknown';

const SHAPES: Readonly<Record<TabMark, string>> = {
  up: "<circle cx='8' cy='8' r='6' fill='#009e73'/>",
  down: "<rect x='1.5' y='1.5' width='13' height='13' fill='#d55e00'/><path d='m5 5 6 6m0-6-6 6' stroke='#fff' stroke-width='2.2'/>",
  unknown: "<circle cx='8' cy='8' r='5.75' fill='none' stroke='#8b949e' stroke-width='2' stroke-dasharray='3 2'/>",
};

/** A diamond in the corner, set off from the mark behind it: an alert waits for somebody. */
const BADGE = "<path d='m11.5 6 5 5-5 5-5-5z' fill='#ffc53d' stroke='#1b2128' stroke-width='1.2'/>";

/**
 * The icon as an address that the policy of the page allows.
 * @param badge An alert waits for somebody.
 */
export function tabIcon(mark: TabMark, badge = false): string {
  const shapes = SHAPES[mark] + (badge ? BADGE : '');
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${shapes}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
