/**
 * From tunnels that began to fail together to causes. Pure, and independent of the order of its input: the same tunnels
 * always give the same parts.
 *
 * In this order:
 * 1. One group (site, customer endpoint, Cloudflare endpoint) holds all of them and has failed: that is the cause. Of
 *    several the smallest, and of equals the site before the line before Cloudflare's address.
 * 2. At least 80 % of the account fail, over two or more Cloudflare endpoints that have failed themselves: the account.
 * 3. Groups that have failed take what they hold, the largest first.
 * 4. A quarter or more of one Cloudflare endpoint, with hardly anything failing elsewhere: that endpoint, partly.
 * 5. Tunnels whose configuration was changed shortly before: one cause, told as one of the account.
 * 6. The rest are tunnels by themselves. If that makes more than four causes apart from Cloudflare's endpoints, they are
 *    told as one of the account: so many accidents in three minutes are none.
 *
 * A group "has failed" when 80 % of those of its tunnels that could still fail do so now: tunnels that failed earlier, and
 * those that neither BGP nor health checks watch, count neither way.
 */
import { FULL_SHARE, MAX_PARTS, PAIR, PARTIAL_SHARE, QUORUM } from './families.ts';
import { AXES, type Axis, type Count, isFailing, type Tally, type Trouble } from './trouble.ts';

export type PartKind = 'tunnel' | Axis | 'account';

/** Tunnels with one cause. `value` names the group, or the tunnel; empty for the account. */
export interface Part {
  readonly kind: PartKind;
  readonly value: string;
  readonly members: readonly Trouble[];
}

const MINIMUM: Readonly<Record<Axis, number>> = { site: PAIR, customer: PAIR, endpoint: QUORUM };

interface Group {
  readonly axis: Axis;
  readonly value: string;
  readonly members: Trouble[];
}

/** What we know of the account while we look for causes. */
interface Scene {
  readonly tally: Tally;
  /** Tunnels that fail for another, earlier reason, by group and in all. */
  readonly earlier: Readonly<Record<Axis, ReadonlyMap<string, number>>>;
  readonly earlierAll: number;
  readonly changed: (trouble: Trouble) => boolean;
}

function groupsOf(troubles: Iterable<Trouble>): Group[] {
  const found = new Map<string, Group>();
  for (const trouble of troubles) {
    for (const axis of AXES) {
      const value = trouble[axis];
      if (value === null) continue;
      const key = `${axis}|${value}`;
      const group = found.get(key);
      if (group === undefined) found.set(key, { axis, value, members: [trouble] });
      else group.members.push(trouble);
    }
  }
  return [...found.values()];
}

function shareOf(failing: number, count: Count | undefined, earlier: number): number {
  return failing / Math.max((count?.judged ?? 0) - earlier, failing);
}

function share(group: Group, { tally, earlier }: Scene): number {
  const count = tally.by[group.axis].get(group.value);
  return shareOf(group.members.length, count, earlier[group.axis].get(group.value) ?? 0);
}

function hasFailed(group: Group, scene: Scene): boolean {
  return group.members.length >= MINIMUM[group.axis] && share(group, scene) >= FULL_SHARE;
}

const sizeOf = ({ axis, value }: Group, { tally }: Scene): number => tally.by[axis].get(value)?.of ?? 0;

/** By axis and name: what decides between equals. */
function byName(a: Group, b: Group): number {
  return AXES.indexOf(a.axis) - AXES.indexOf(b.axis) || (a.value < b.value ? -1 : 1);
}

const asPart = ({ axis, value, members }: Group): Part => ({ kind: axis, value, members });

function one(groups: readonly Group[], all: number, scene: Scene): Part | null {
  const whole = groups
    .filter((group) => group.members.length === all && hasFailed(group, scene))
    .sort((a, b) => sizeOf(a, scene) - sizeOf(b, scene) || byName(a, b))[0];
  return whole === undefined ? null : asPart(whole);
}

function wholeAccount(troubles: readonly Trouble[], groups: readonly Group[], scene: Scene): Part | null {
  if (troubles.length < QUORUM) return null;
  if (shareOf(troubles.length, scene.tally.all, scene.earlierAll) < FULL_SHARE) return null;
  const endpoints = groups.filter((group) => group.axis === 'endpoint' && share(group, scene) >= FULL_SHARE);
  return endpoints.length < 2 ? null : { kind: 'account', value: '', members: troubles };
}

/** Groups that have failed take their tunnels out of `rest`, the largest first. One pass: a group keeps what others left. */
function takeFailed(rest: Set<Trouble>, scene: Scene): Part[] {
  const parts: Part[] = [];
  const groups = groupsOf(rest).sort((a, b) => b.members.length - a.members.length || byName(a, b));
  for (const group of groups) {
    const left = { ...group, members: group.members.filter((trouble) => rest.has(trouble)) };
    if (!hasFailed(left, scene)) continue;
    for (const trouble of left.members) rest.delete(trouble);
    parts.push(asPart(left));
  }
  return parts;
}

function takePartial(rest: Set<Trouble>, scene: Scene): Part[] {
  const next = groupsOf(rest)
    .filter((group) => group.axis === 'endpoint' && group.members.length >= QUORUM)
    .filter((group) => {
      const inside = share(group, scene);
      const outside = (rest.size - group.members.length) / Math.max(scene.tally.all.of - sizeOf(group, scene), 1);
      return inside >= PARTIAL_SHARE && outside <= inside / 4;
    })
    .sort((a, b) => b.members.length - a.members.length || byName(a, b))[0];
  if (next === undefined) return [];
  for (const trouble of next.members) rest.delete(trouble);
  return [asPart(next)];
}

function takeChanged(rest: Set<Trouble>, { changed }: Scene): Part[] {
  const members = [...rest].filter(changed);
  if (members.length < PAIR) return [];
  for (const trouble of members) rest.delete(trouble);
  return [{ kind: 'account', value: '', members }];
}

function earlierThan(together: ReadonlySet<Trouble>, all: Iterable<Trouble>): Pick<Scene, 'earlier' | 'earlierAll'> {
  const earlier: Record<Axis, Map<string, number>> = { site: new Map(), customer: new Map(), endpoint: new Map() };
  let earlierAll = 0;
  for (const trouble of all) {
    if (together.has(trouble) || !isFailing(trouble)) continue;
    earlierAll += 1;
    for (const axis of AXES) {
      const value = trouble[axis];
      if (value !== null) earlier[axis].set(value, (earlier[axis].get(value) ?? 0) + 1);
    }
  }
  return { earlier, earlierAll };
}

/**
 * The causes of tunnels that began to fail together.
 * @param all Every tunnel of the account that has trouble now, `together` among them.
 * @param changed Was its configuration changed shortly before?
 */
export function partsOf(
  together: readonly Trouble[],
  all: Iterable<Trouble>,
  tally: Tally,
  changed: (trouble: Trouble) => boolean,
): readonly Part[] {
  const scene: Scene = { tally, changed, ...earlierThan(new Set(together), all) };
  if (together.length > 1) {
    const groups = groupsOf(together);
    const whole = one(groups, together.length, scene) ?? wholeAccount(together, groups, scene);
    if (whole !== null) return [whole];
  }
  const rest = new Set(together);
  const parts = [...takeFailed(rest, scene), ...takePartial(rest, scene), ...takeChanged(rest, scene)];
  const single = [...rest].map((trouble): Part => ({ kind: 'tunnel', value: trouble.key, members: [trouble] }));
  const endpoints = parts.filter(({ kind }) => kind === 'endpoint');
  const others = [...parts.filter(({ kind }) => kind !== 'endpoint'), ...single];
  if (others.length <= MAX_PARTS) return [...endpoints, ...others];
  return [...endpoints, { kind: 'account', value: '', members: others.flatMap(({ members }) => members) }];
}
