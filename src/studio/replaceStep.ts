import type { AnyStep, Look } from '../core/effect.ts';
import { ParameterError } from '../core/errors.ts';
import { mapSteps, stepsOf } from '../core/look.ts';

/**
 * Replaces the one step that `wanted` names.
 * @throws {@link ParameterError} where none or several do.
 */
export function replaceStep(looks: Map<string, Look>, wanted: string | number, replace: (step: AnyStep) => Look): void {
  const names = [...looks].flatMap(([output, look]) => stepsOf(look).map(({ effect: { name } }) => [name, `${output}.${name}`]));
  const found = [...names.keys()].filter((index) => index === wanted || names[index]?.includes(wanted as string));
  const known = names.map(([name, full], index) => `${index} ${looks.size > 1 ? full : name}`).join(', ');
  if (found.length === 0) throw new ParameterError(`there is no step ${JSON.stringify(wanted)}; this pipeline has ${known}`);
  if (found.length > 1) throw new ParameterError(`${found.length} steps are called "${wanted}"; name one as output.effect, or by its index: ${known}`);
  let index = 0;
  for (const [output, look] of looks) looks.set(output, mapSteps(look, (step) => (index++ === found[0] ? replace(step) : step)));
}
