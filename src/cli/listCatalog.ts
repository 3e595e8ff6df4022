import { stepsOf, type AnyEffect, type AnyStep } from '../core/effect.ts';
import { describeRange, type ParamSpec } from '../core/params.ts';
import type { Catalog, NamedLooks } from './catalog.ts';

/** What `atelier --list` prints: every effect and look with its parameters, and every preset. */
export function listText({ effects, looks, presets }: Catalog): string {
  const titled = (title: string, lines: string[]): string[] => [title, ...(lines.length === 0 ? ['  none yet'] : lines), ''];
  return [
    ...titled('Effects', effects.flatMap(effectLines)),
    ...titled('Looks', looks.flatMap(effectLines)),
    ...titled('Presets', Object.entries(presets).flatMap(presetLines)),
  ].join('\n');
}

/** What `atelier --list --json` prints. */
export function listJson({ effects, looks, presets }: Catalog): string {
  const factsOf = ({ name, params, inputs }: AnyEffect): object => ({ name, params, inputs });
  return `${JSON.stringify({ effects: effects.map(factsOf), looks: looks.map(factsOf), presets }, undefined, 2)}\n`;
}

function effectLines({ name, params, inputs }: AnyEffect): string[] {
  const rows = Object.entries(params);
  const width = Math.max(0, ...rows.map(([key]) => key.length));
  const optional = Object.entries(inputs).map(([input, { channels }]) => `    input ${input} (${channels})`);
  return [`  ${name}`, ...rows.map(([key, spec]) => `    ${key.padEnd(width)}  ${describeRange(spec)}, default ${valueText(spec.default)}${labelText(key, spec)}`), ...optional];
}

function presetLines([name, preset]: [string, NamedLooks]): string[] {
  const width = Math.max(...Object.keys(preset).map(({ length }) => length));
  return [`  ${name}`, ...Object.entries(preset).map(([output, look]) => `    ${output.padEnd(width)}  ${stepsOf(look).map(stepText).join(', then ')}`)];
}

function labelText(key: string, { label }: ParamSpec): string {
  return label === undefined || label === key ? '' : ` (${label})`;
}

/** A step with the parameters that are not its effect's defaults, as `--set` takes them. */
function stepText({ effect, params }: AnyStep): string {
  const changed = Object.entries(params).filter(([key, value]) => valueText(value) !== valueText(effect.params[key]?.default));
  return [effect.name, ...changed.map(([key, value]) => `${key}=${valueText(value)}`)].join(' ');
}

/** Lists as `--set` takes them: `15,75,0,45`. */
function valueText(value: unknown): string {
  return String(value);
}
