import type { AnyEffect } from '../core/effect.ts';
import { ParameterError } from '../core/errors.ts';
import type { ParamSpec } from '../core/params.ts';

type Settings = Record<string, unknown>;

/**
 * Reads `key=value` words into the parameters of a chain's effects, one record for each. Whether a value fits is for the effect to say.
 * @throws {@link ParameterError} for a word of another form, or one that does not say which effect it is for.
 */
export function readSettings(words: readonly string[], chain: readonly AnyEffect[]): Settings[] {
  const settings = chain.map((): Settings => Object.create(null) as Settings);
  for (const word of words) {
    const [, owner, key, text] = /^(?:([^.=]+)\.)?([^.=]+)=(.*)$/s.exec(word) ?? [];
    if (key === undefined || text === undefined) throw new ParameterError(`--set is "${word}", must be KEY=VALUE or EFFECT.KEY=VALUE, as ${exampleOf(chain)}`);
    const place = findPlace(owner, key, chain);
    const { params } = chain[place] as AnyEffect;
    (settings[place] as Settings)[key] = Object.hasOwn(params, key) ? readValue(params[key] as ParamSpec, text) : text;
  }
  return settings;
}

function findPlace(owner: string | undefined, key: string, chain: readonly AnyEffect[]): number {
  const names = chain.map(({ name }) => name);
  if (owner === undefined) {
    if (chain.length === 1) return 0;
    throw new ParameterError(`--set ${key}: there are several effects; say which, as ${names[0]}.${key}`);
  }
  const places = names.flatMap((name, place) => (name === owner || String(place + 1) === owner ? [place] : []));
  if (places.length === 1) return places[0] as number;
  if (places.length === 0) throw new ParameterError(`--set ${owner}.${key}: "${owner}" is not painted; there are ${names.join(', ')}`);
  throw new ParameterError(`--set ${owner}.${key}: ${owner} is painted ${places.length} times; say which by its place, as ${(places[0] as number) + 1}.${key}`);
}

function exampleOf([first]: readonly AnyEffect[]): string {
  const [key, spec] = Object.entries(first?.params ?? {})[0] ?? [];
  return spec === undefined ? 'sigma=4' : `${key}=${String(spec.default)}`;
}

/** Text that is no value of the kind stays text, so that the effect's own message shows it. */
function readValue(spec: ParamSpec, text: string): unknown {
  switch (spec.kind) {
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
    case 'color':
      return text;
    case 'colors':
      return text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
    case 'list': {
      const items = text.split(',').map(readNumber);
      return items.every((item) => typeof item === 'number') ? items : text;
    }
    default:
      return readNumber(text);
  }
}

function readNumber(text: string): number | string {
  const value = Number(text);
  // `Number('')` and `Number(' ')` are 0.
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
