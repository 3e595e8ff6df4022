import type { AnyEffect } from '../core/effect.ts';
import { ParameterError } from '../core/errors.ts';
import type { Catalog, NamedLooks } from './catalog.ts';
import type { Words } from './options.ts';
import { readSettings } from './readSettings.ts';

const DEFAULT_PRESET = 'studio';

/**
 * The pictures to paint: those of a preset, or one, named after its look and effects. A look comes before the effects.
 * @throws {@link ParameterError} for a name that does not exist, or parameters that do not fit.
 */
export function chooseLooks({ preset, look, effect = [], set = [] }: Words, catalog: Catalog): NamedLooks {
  const chain = [...(look === undefined ? [] : [findLook(look, catalog)]), ...effect.map((name) => findEffect(name, catalog))];
  if (chain.length === 0) {
    if (set.length > 0) throw new ParameterError('--set is for --effect and --look; give one of them too');
    return findPreset(preset ?? DEFAULT_PRESET, catalog);
  }
  if (preset !== undefined) throw new ParameterError('--preset does not go with --effect or --look; leave one of them out');
  const settings = readSettings(set, chain);
  return { [chain.map(({ name }) => name).join('-')]: chain.map((item, place) => item.step({ params: settings[place] })) };
}

function findPreset(name: string, { presets }: Catalog): NamedLooks {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined) throw new ParameterError(`there is no preset "${name}"; there are ${Object.keys(presets).join(', ')}`);
  return preset;
}

function findEffect(name: string, { effects, looks }: Catalog): AnyEffect {
  const hint = has(looks, name) ? `; "${name}" is a look: give --look ${name}` : '';
  const effect = find(effects, name) ?? fail(`there is no effect "${name}"; there are ${namesOf(effects)}${hint}`);
  return effect.looks.length === 0 ? effect : fail(`${name} combines looks, which a command line cannot say; paint it from code or JSON`);
}

function findLook(name: string, { effects, looks }: Catalog): AnyEffect {
  const hint = has(effects, name) ? `; "${name}" is an effect: give --effect ${name}` : '';
  return find(looks, name) ?? fail(`there is no look "${name}"; there are ${namesOf(looks)}${hint}`);
}

const find = (list: readonly AnyEffect[], name: string): AnyEffect | undefined => list.find((item) => item.name === name);
const has = (list: readonly AnyEffect[], name: string): boolean => find(list, name) !== undefined;
const namesOf = (list: readonly AnyEffect[]): string => list.map((item) => item.name).join(', ');

function fail(message: string): never {
  throw new ParameterError(message);
}
