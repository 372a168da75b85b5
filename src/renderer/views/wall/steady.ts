/** A plan that stays while it serves: a wall that arranges itself anew with each tunnel tires eyes, and machines. Pure. */
import { type Arrangement, type Band, type Crowd, type Page, type Plan, pagesOf, planOf } from './layout.ts';

/** A band in which so small a share of the places is taken was made for others. */
const LEAST_TAKEN = 0.6;
/** Tiles that are all alike are looked at again when the loud ones became more or fewer by this share. */
const OTHER_SHARE = 0.25;

interface Kept {
  readonly crowd: Crowd;
  readonly plan: Plan;
}

const countOf = ([from, to]: Page['loud']): number => to - from;
const placesOf = ({ columns, rows }: Band): number => columns * rows;

function holds(count: number, band: Band): boolean {
  const places = placesOf(band);
  // Fewer than a row too many are what a full grid has at its end.
  return count <= places && (count >= places * LEAST_TAKEN || places - count < band.columns);
}

/** Whether a page is still well served by the arrangement that was made for another. */
function serves(one: Arrangement | null, page: Page, before: Page): boolean {
  const [loud, calm] = [countOf(page.loud), countOf(page.calm)];
  const [wasLoud, wasCalm] = [countOf(before.loud), countOf(before.calm)];
  if (loud === wasLoud && calm === wasCalm) return true;
  if (one === null || one.calm === null || (loud === 0) !== (wasLoud === 0)) return false;
  if (one.loud !== null) return holds(loud, one.loud) && holds(calm, one.calm);
  return holds(loud + calm, one.calm) && Math.abs(loud - wasLoud) <= wasLoud * OTHER_SHARE;
}

const sameRoom = (a: Crowd, b: Crowd): boolean =>
  a.box.width === b.box.width && a.box.height === b.box.height && a.screen === b.screen && a.ems === b.ems;

/**
 * Makes plans as `planOf` does, one after the other, and keeps the arrangements of the one before (the same objects) while
 * every page still finds its places in them.
 */
export function steadyPlan(): (crowd: Crowd) => Plan {
  let kept: Kept | null = null;
  return (crowd) => {
    if (kept !== null && sameRoom(kept.crowd, crowd)) {
      const { plan } = kept;
      const pages = pagesOf(crowd.loud, crowd.calm, plan.most);
      const stays = pages.every((page, at) => {
        const before = plan.pages[at];
        return before !== undefined && serves(plan.arrangements[at] ?? null, page, before);
      });
      if (stays && pages.length === plan.pages.length) return { ...plan, pages };
    }
    const plan = planOf(crowd);
    kept = { crowd, plan };
    return plan;
  };
}
