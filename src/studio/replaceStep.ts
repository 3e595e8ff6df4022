import { isChain, type AnyStep, type Look } from '../core/effect.ts';
import { ParameterError } from '../core/errors.ts';

/** Where a step stands: the output, and the way down through nested chains. */
interface Place {
  readonly output: string;
  readonly path: readonly number[];
  readonly step: AnyStep;
}

/**
 * Replaces the one step that `wanted` names.
 * @throws {@link ParameterError} where none or several do.
 */
export function replaceStep(looks: Map<string, Look>, wanted: string | number, replace: (step: AnyStep) => Look): void {
  const places = [...looks].flatMap(([output, look]) => placesIn(output, look, []));
  const found = typeof wanted === 'number' ? places.slice(wanted, wanted + 1) : places.filter(({ output, step }) => wanted === step.effect.name || wanted === `${output}.${step.effect.name}`);
  const [place] = found;
  const known = places.map(({ output, step }, i) => `${i} ${looks.size > 1 ? `${output}.` : ''}${step.effect.name}`).join(', ');
  if (place === undefined || wanted as number < 0) throw new ParameterError(`there is no step ${JSON.stringify(wanted)}; this pipeline has ${known}`);
  if (found.length > 1) throw new ParameterError(`${found.length} steps are called "${wanted}"; name one as output.effect, or by its index: ${known}`);
  looks.set(place.output, replaced(looks.get(place.output) as Look, place.path, replace));
}

function placesIn(output: string, look: Look, path: readonly number[]): Place[] {
  if (isChain(look)) return look.flatMap((item, i) => placesIn(output, item, [...path, i]));
  return [{ output, path, step: look as AnyStep }];
}

function replaced(look: Look, [index, ...rest]: readonly number[], replace: (step: AnyStep) => Look): Look {
  if (index === undefined) return replace(look as AnyStep);
  return (look as readonly Look[]).map((item, i) => (i === index ? replaced(item, rest, replace) : item));
}
