/** Something to be timed. */
export interface Scenario {
  readonly name: string;
  /** Does the work once; resolves when it is really done. */
  run(): Promise<void>;
}

/** What was measured of one scenario, in ms. */
export interface Timing {
  readonly name: string;
  /** All threads of this process, median: what a busy machine disturbs least. */
  readonly cpu: number;
  readonly median: number;
  readonly least: number;
}

const WARM_UP = 1;

/** Runs all scenarios in turn, `repeats` times over, so that whatever disturbs the machine disturbs all of them. */
export async function interleave(scenarios: readonly Scenario[], repeats: number = 7): Promise<Timing[]> {
  const cpu = scenarios.map((): number[] => []);
  const wall = scenarios.map((): number[] => []);
  for (let round = -WARM_UP; round < repeats; round++) {
    for (const [i, scenario] of scenarios.entries()) {
      const usage = process.cpuUsage();
      const start = performance.now();
      await scenario.run();
      const { user, system } = process.cpuUsage(usage);
      if (round < 0) continue;
      wall[i]?.push(performance.now() - start);
      cpu[i]?.push((user + system) / 1000);
    }
  }
  return scenarios.map(({ name }, i) => ({ name, cpu: median(cpu[i] ?? []), median: median(wall[i] ?? []), least: Math.min(...(wall[i] ?? [])) }));
}

/** The middle value, the upper of two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
