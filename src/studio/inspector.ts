import { ParameterError } from '../core/errors.ts';
import type { FrameGraph, IntermediateWatch, TextureHandle } from '../core/frameGraph.ts';
import { intermediate } from '../passes/intermediate.ts';

/** Finds an intermediate while looks are recorded. */
export interface Inspector {
  /** To be given to the graph. */
  readonly watch: IntermediateWatch;
  /** Shows on a target what was found since the last call, the latest of it; without a find there is nothing to show. */
  present(graph: FrameGraph, target: string): void;
  /** @throws {@link ParameterError} where nothing was found, with what there is. */
  end(): void;
}

/** Looks for what `wanted` names, and records its showing where it is found: later passes may write over it. */
export function inspectorOf(wanted: string): Inspector {
  const names = new Set<string>();
  let found: TextureHandle | undefined;
  let missing = true;
  return {
    watch(graph, { name, effect, handle, view }) {
      const full = `${effect}.${name}`;
      names.add(full);
      if (wanted === name || wanted === full) found = intermediate(graph, handle, view);
    },
    present(graph, target) {
      if (found === undefined) return;
      graph.present(target, found, found);
      found = undefined;
      missing = false;
    },
    end() {
      if (missing) throw new ParameterError(`there is no intermediate "${wanted}"; this pipeline has ${[...names].join(', ') || 'none'}`);
    },
  };
}
