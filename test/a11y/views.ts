/** Every view, dialog and menu of the page: where it is, what has to be there before it is judged, how it is opened. */
import type { Page } from 'playwright-core';
import { MINUTE, NOW } from '../renderer/tunnel-fixture.ts';
import { INCIDENT, type State, TUNNEL } from './world.ts';

export interface View {
  readonly name: string;
  readonly hash: string;
  /** There when the view is drawn, in every state. */
  readonly ready: string;
  /** Opens what lies over the view. */
  readonly open?: (page: Page) => Promise<unknown>;
  /** Where there is such a thing at all; everywhere if not said. */
  readonly states?: readonly State[];
}

const TROUBLED: readonly State[] = ['down', 'stale', 'blind'];
const FULL: readonly State[] = ['healthy', ...TROUBLED];
const SECTIONS = [
  'accounts',
  'keys',
  'notifications',
  'appearance',
  'walls',
  'network',
  'data',
  'desktop',
  'advanced',
] as const;
const HISTORY = ['availability', 'heat', 'restless', 'incidents', 'shift'] as const;
const THEN = new Date(NOW - 50 * MINUTE).toISOString();
const ABOUT = encodeURIComponent(TUNNEL);

const dialog = (page: Page) => page.getByRole('dialog').first().waitFor();
const press = (page: Page, name: string | RegExp) =>
  page.locator('main, header').getByRole('button', { name }).first().click();

/** The plan of an operation, as far as the button that carries it out. */
async function planned(page: Page): Promise<void> {
  await press(page, 'See what would happen');
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
}

export const DESK: readonly View[] = [
  { name: 'board', hash: '#/board', ready: 'main table, main h1, main h2' },
  { name: 'board, nothing fits', hash: '#/board?q=zzz', ready: 'main table, main h1, main h2', states: FULL },
  { name: 'tunnel', hash: `#/tunnel/${TUNNEL}`, ready: 'main h1' },
  { name: 'psk', hash: '#/psk', ready: 'main h1, main h2' },
  { name: 'alerts', hash: '#/alerts', ready: 'main h1, main h2' },
  { name: 'incident', hash: `#/alerts/${INCIDENT}`, ready: 'main h1, main h2', states: TROUBLED },
  { name: 'silences', hash: '#/alerts?show=silences', ready: 'main h1, main h2' },
  { name: 'delivery', hash: '#/alerts?show=delivery', ready: 'main h1, main h2' },
  { name: 'rules', hash: '#/alerts?show=rules', ready: 'main h1, main h2' },
  { name: 'findings', hash: '#/findings', ready: 'main h1, main h2' },
  { name: 'findings by tunnel', hash: '#/findings?by=tunnel', ready: 'main h1, main h2' },
  { name: 'changes', hash: '#/changes', ready: 'main h1, main h2' },
  { name: 'audit', hash: '#/operations', ready: 'main h1, main h2' },
  { name: 'create', hash: '#/operations?do=create', ready: 'main form' },
  { name: 'update', hash: `#/operations?do=update&key=${ABOUT}`, ready: 'main form', states: FULL },
  { name: 'delete', hash: `#/operations?do=delete&key=${ABOUT}`, ready: 'main h1, main h2', states: FULL },
  {
    name: 'plan',
    hash: `#/operations?do=delete&key=${ABOUT}`,
    ready: 'main h1, main h2',
    open: planned,
    states: ['down'],
  },
  { name: 'bulk update', hash: '#/operations?do=bulk-update', ready: 'main h1, main h2' },
  { name: 'bulk keys', hash: '#/operations?do=psk-set', ready: 'main h1, main h2' },
  { name: 'rotations', hash: '#/rotation', ready: 'main h1, main h2' },
  { name: 'rotation', hash: `#/rotation?key=${ABOUT}`, ready: 'main h1, main h2', states: FULL },
  { name: 'board, then', hash: `#/board?at=${THEN}`, ready: 'main table, main h1, main h2' },
  ...HISTORY.map((part): View => ({ name: `history, ${part}`, hash: `#/history?part=${part}`, ready: 'main h1' })),
  {
    name: 'history, as a table',
    hash: '#/history?part=heat&table=1',
    ready: 'main h1',
    states: ['down'],
  },
  { name: 'history, on paper', hash: '#/history?part=shift&report=1', ready: 'main h1', states: ['down'] },
  ...SECTIONS.map(
    (section): View => ({
      name: `settings, ${section}`,
      hash: `#/settings?section=${section}`,
      ready: '.sheet .card, .sheet textarea',
    }),
  ),
  {
    name: 'help',
    hash: '#/psk',
    ready: 'main h1, main h2',
    open: async (page) => [await press(page, 'Keyboard help'), await dialog(page)],
    states: ['down'],
  },
  {
    name: 'pause',
    hash: '#/psk',
    ready: 'main h1, main h2',
    open: async (page) => [await press(page, 'Pause'), await dialog(page)],
    states: ['down'],
  },
  {
    name: 'acknowledge',
    hash: `#/alerts/${INCIDENT}`,
    ready: '[data-incident]',
    open: async (page) => [await page.keyboard.press('a'), await dialog(page)],
    states: ['down'],
  },
  {
    name: 'silence',
    hash: `#/alerts/${INCIDENT}`,
    ready: '[data-incident]',
    open: async (page) => [await page.keyboard.press('s'), await dialog(page)],
    states: ['down'],
  },
  {
    name: 'waive',
    hash: '#/findings',
    ready: 'main mark',
    open: async (page) => [await page.keyboard.press('w'), await dialog(page)],
    states: ['down'],
  },
];

/** Pages of their own: each is loaded anew. */
export const WALLS: readonly View[] = [
  { name: 'wall', hash: '#/wall', ready: '.tile, .empty' },
  { name: 'wall, then', hash: `#/wall?at=${THEN}`, ready: '.tile, .empty', states: ['down', 'blind'] },
  { name: 'wall by site', hash: '#/wall?by=site', ready: '.tile, .empty' },
  {
    name: 'views of the wall',
    hash: '#/wall?zone=utc',
    ready: '.tile',
    open: async (page) => [await page.keyboard.press('v'), await dialog(page)],
    states: ['down'],
  },
];
