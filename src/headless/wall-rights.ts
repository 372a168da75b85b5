/** What a wall token is good for: the wall's page, what that page is made of, its events, and a few questions. Pure. */
import { WALL_CALLS } from '../shared/walls.ts';

/** Where the wall is. */
export const WALL_PATH = '/wall';

const QUESTIONS: ReadonlySet<string> = new Set(WALL_CALLS.map((call) => `/api/${call}`));
/** The pages of the desk; everything else among the files is what both pages are made of. */
const DESK_PAGES: ReadonlySet<string> = new Set(['/', '/index.html']);

/** Whether a wall may ask this. `isFile`: a path of the built page. Paths are as they came, not decoded. */
export function wallMay(method: string, path: string, isFile: (path: string) => boolean): boolean {
  if (method === 'POST') return QUESTIONS.has(path);
  if (method !== 'GET' && method !== 'HEAD') return false;
  return path === WALL_PATH || path === '/events' || (isFile(path) && !DESK_PAGES.has(path));
}
