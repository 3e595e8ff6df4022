import type { MemoryUse } from '../core/memoryAccount.ts';
import type { TracedKind } from '../core/trace.ts';

/** Something of a studio as it was when a snapshot was taken. */
export interface TracedResource {
  /** Its own for as long as it lives. */
  readonly id: number;
  /** What it is. A texture stands for its one view too. */
  readonly kind: TracedKind;
  /** The label it has on the GPU; of a pipeline the names of its looks. */
  readonly label: string;
  /** GPU memory; 0 of what has none of its own. */
  readonly bytes: number;
  /** As `metrics().bytes` has it: in use, given back to an encoder that is not submitted yet, or free in a pool. */
  readonly state: 'live' | 'pending' | 'pooled';
  /** What it is or was last used for, of textures and buffers. */
  readonly use: MemoryUse | undefined;
  /** What its pool knows it by, as `640x480 rgba8unorm 13`; of everything else its kind. */
  readonly key: string;
  /** Who uses it or used it last: `pipeline oil #3 > plan 640x480 > slot 3`. Of what belongs to the whole studio `studio #1`. */
  readonly owner: string;
  /** Frames painted when it was made or last leased. */
  readonly frame: number;
  /** The first line of the stack outside of the library: whose code led to it. Of what belongs to the whole studio the line that made the studio. */
  readonly site: string;
  /** Where it was made or last leased, innermost line first; `''` where `sample` left it out. */
  readonly stack: string;
}

/** Everything a studio had at one time. It does not change any more. */
export interface TraceSnapshot {
  /** Frames painted so far. */
  readonly frame: number;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly time: number;
  /** Bytes in each state: the same sums as in `metrics().bytes`, where what is not pooled or pending has five lines. */
  readonly bytes: Readonly<Record<TracedResource['state'], number>>;
  /** All of it, oldest first. */
  readonly resources: readonly TracedResource[];
}

/**
 * What resources are put together by: `site` the line of your code, `stack` the whole way to it, `owner` the pipeline, `label`, `key` the pool's key (size, format and usage), or `kind`.
 */
export type TraceGrouping = 'site' | 'stack' | 'owner' | 'label' | 'key' | 'kind';

/** What resources that have something in common amount to, or how that changed. */
export interface TraceGroup {
  /** What they have in common. */
  readonly name: string;
  /** Bytes, or how many more. */
  readonly bytes: number;
  /** How many they are, or how many more. */
  readonly count: number;
  /** The largest of them, the newest where they are equal. */
  readonly example: TracedResource;
}

/** Between the links of a chain of owners, the first of which has a lifetime of its own. */
export const LINK = ' > ';

function nameIn(resource: TracedResource, by: TraceGrouping): string {
  return by === 'owner' ? (resource.owner.split(LINK)[0] as string) : resource[by];
}

/** What is in use, so that memory which waits in a pool does not look like a leak. */
function inUse({ resources }: TraceSnapshot): TracedResource[] {
  return resources.filter(({ state }) => state !== 'pooled');
}

/** How what is in use changed from `before` to `after`: groups that changed, the largest growth first. */
export function compareSnapshots(before: TraceSnapshot, after: TraceSnapshot, by: TraceGrouping): TraceGroup[] {
  const earlier = groupsOf(withoutStayed(inUse(before), inUse(after), by), by);
  const later = groupsOf(withoutStayed(inUse(after), inUse(before), by), by);
  return [...new Set([...later.keys(), ...earlier.keys()])]
    .map((name) => changeOf(earlier.get(name), later.get(name)))
    .filter(({ bytes, count }) => bytes !== 0 || count !== 0)
    .sort(byGrowth);
}

/** What stayed where it was is no example of a change. */
function withoutStayed(resources: readonly TracedResource[], others: readonly TracedResource[], by: TraceGrouping): TracedResource[] {
  const names = new Map(others.map((resource) => [resource.id, nameIn(resource, by)]));
  return resources.filter((resource) => names.get(resource.id) !== nameIn(resource, by));
}

/** Groups of which there were more from each of these snapshots to the next, with how many more in all. Pools count too: their growth is growth. */
export function growingGroups(snapshots: readonly TraceSnapshot[], by: TraceGrouping): TraceGroup[] {
  const groups = snapshots.map(({ resources }) => groupsOf(resources, by));
  const countIn = (i: number, name: string): number => groups[i]?.get(name)?.count ?? 0;
  return [...(groups.at(-1)?.values() ?? [])]
    .filter(({ name }) => groups.slice(1).every((_, i) => countIn(i + 1, name) > countIn(i, name)))
    .map((group) => changeOf(groups[0]?.get(group.name), group))
    .sort(byGrowth);
}

function groupsOf(resources: readonly TracedResource[], by: TraceGrouping): Map<string, TraceGroup> {
  const groups = new Map<string, TraceGroup>();
  for (const resource of resources) {
    const name = nameIn(resource, by);
    const { bytes, count, example } = groups.get(name) ?? { bytes: 0, count: 0, example: resource };
    groups.set(name, { name, bytes: bytes + resource.bytes, count: count + 1, example: resource.bytes >= example.bytes ? resource : example });
  }
  return groups;
}

/** At least one of the two is there. */
function changeOf(before: TraceGroup | undefined, after: TraceGroup | undefined): TraceGroup {
  return { ...((after ?? before) as TraceGroup), bytes: (after?.bytes ?? 0) - (before?.bytes ?? 0), count: (after?.count ?? 0) - (before?.count ?? 0) };
}

function byGrowth(a: TraceGroup, b: TraceGroup): number {
  return b.bytes - a.bytes || b.count - a.count || (a.name < b.name ? -1 : 1);
}
