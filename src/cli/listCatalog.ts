import type { AnyEffect, AnyStep } from '../core/effect.ts';
import { stepsOf } from '../core/look.ts';
import { describeRange, type ParamSpec } from '../core/params.ts';
import type { Catalog, NamedLooks } from './catalog.ts';

/** What `atelier --list` prints: every look and effect with its parameters, and every preset. */
export function listText({ effects, looks, presets }: Catalog): string {
  return [
    'Looks', ...looks.flatMap(effectLines), '',
    'Effects', ...effects.flatMap(effectLines), '',
    'Presets', ...Object.entries(presets).flatMap(presetLines), '',
  ].join('\n');
}

/** What `atelier --list --json` prints. */
export function listJson({ effects, looks, presets }: Catalog): string {
  const factsOf = ({ name, params, inputs, looks: combined }: AnyEffect): object => ({ name, params, inputs, ...(combined.length > 0 && { looks: combined }) });
  return `${JSON.stringify({ looks: looks.map(factsOf), effects: effects.map(factsOf), presets }, undefined, 2)}\n`;
}

function effectLines({ name, params, inputs, looks }: AnyEffect): string[] {
  const rows = Object.entries(params);
  const width = Math.max(0, ...rows.map(([key]) => key.length));
  const optional = Object.entries(inputs).map(([input, { channels }]) => `    input ${input} (${channels})`);
  const combined = looks.map((look) => `    look ${look}`);
  return [`  ${name}`, ...rows.map(([key, spec]) => `    ${key.padEnd(width)}  ${describeRange(spec)}, default ${valueText(spec.default) || 'none'}${labelText(key, spec)}`), ...optional, ...combined];
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
