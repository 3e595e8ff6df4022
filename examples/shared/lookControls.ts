import type { AnyEffect, AnyStep } from 'atelier-gpu';
import { effects, looks } from 'atelier-gpu/all';
import { paramControls } from './paramControls.ts';
import { titleOf } from './words.ts';

/** A choice of everything that paints, with the controls of what is chosen. */
export interface LookControls {
  /** What the controls say now. */
  readonly look: AnyStep;
}

/** Who is told of the visitor's choices. */
export interface LookListener {
  /** Another look was chosen. */
  chosen(look: AnyStep): void;
  /** A parameter of it was changed. */
  changed(params: Readonly<Record<string, unknown>>): void;
}

/** Fills a list with every look and effect, and a place with the controls of the chosen one; `first` is chosen at the beginning. */
export function lookControls(select: HTMLSelectElement, place: HTMLElement, first: AnyEffect, listener: LookListener): LookControls {
  // Combinators paint nothing by themselves.
  const alone = effects.filter((effect) => effect.looks.length === 0);
  const known = new Map([...looks, ...alone].map((effect) => [effect.name, effect]));
  select.append(groupOf('Looks', looks, first), groupOf('Effects', alone, first));
  let look = first.step();

  function lay(effect: AnyEffect): void {
    look = effect.step();
    place.replaceChildren(...paramControls(effect, (key, value) => {
      look = effect.step({ params: { ...look.params, [key]: value } });
      listener.changed({ [key]: value });
    }));
  }

  lay(first);
  select.addEventListener('change', () => {
    lay(known.get(select.value) as AnyEffect);
    listener.chosen(look);
  });
  return {
    get look() {
      return look;
    },
  };
}

function groupOf(label: string, list: readonly AnyEffect[], first: AnyEffect): HTMLOptGroupElement {
  const group = Object.assign(document.createElement('optgroup'), { label });
  group.append(...list.map((effect) => new Option(titleOf(effect.name), effect.name, effect === first, effect === first)));
  return group;
}
