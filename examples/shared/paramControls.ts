import type { AnyEffect, ColorsParam, ParamSpec } from 'atelier-gpu';
import { titleOf } from './words.ts';

/** What the first colour of an empty list is. */
const FIRST_COLOR = '#808080';
/** A slider's steps where numbers are not whole. */
const STEPS = 200;

/** One labelled control for each row of an effect's table; `changed` is called with what the visitor chooses. */
export function paramControls(effect: AnyEffect, changed: (key: string, value: unknown) => void): HTMLElement[] {
  return Object.entries(effect.params).map(([key, spec]) => {
    const row = document.createElement('label');
    const name = document.createElement('span');
    const shown = document.createElement('span');
    name.textContent = spec.label ?? titleOf(key);
    shown.className = 'value';
    const show = (value: unknown): void => {
      shown.textContent = wordsFor(spec, value);
    };
    show(spec.default);
    const inputs = inputsFor(spec, (value) => {
      show(value);
      changed(key, value);
    });
    row.append(name, shown, ...inputs);
    nameEach(row, name.textContent);
    return row;
  });
}

/** A label names the first of several controls only, and reads out their value as a part of the name. */
function nameEach(row: HTMLElement, name: string): void {
  const controls = row.querySelectorAll(':is(input, select):not([aria-label])');
  controls.forEach((control, i) => (control.ariaLabel = controls.length === 1 ? name : `${name}, ${i + 1} of ${controls.length}`));
}

function inputsFor(spec: ParamSpec, changed: (value: unknown) => void): HTMLElement[] {
  switch (spec.kind) {
    case 'bool': {
      const box = inputOf('checkbox', String(spec.default), () => changed(box.checked));
      box.checked = spec.default;
      return [box];
    }
    case 'choice':
      return [selectOf(spec.choices, spec.default, changed)];
    case 'color': {
      const well = inputOf('color', spec.default, () => changed(well.value));
      return [well];
    }
    case 'colors':
      return [swatchesOf(spec, changed)];
    case 'seed': {
      const field = inputOf('number', String(spec.default), () => field.validity.valid && field.value !== '' && changed(field.valueAsNumber));
      Object.assign(field, { min: String(spec.min), max: String(spec.max), step: '1' });
      return [field];
    }
    case 'list': {
      const sliders = spec.default.map((value) => sliderOf(spec, value, () => changed(sliders.map(({ valueAsNumber }) => valueAsNumber))));
      return sliders;
    }
    default:
      return [sliderOf(spec, spec.default, changed)];
  }
}

function sliderOf({ kind, min, max }: { readonly kind: string; readonly min: number; readonly max: number }, value: number, changed: (value: number) => void): HTMLInputElement {
  const slider = inputOf('range', '', () => changed(slider.valueAsNumber));
  Object.assign(slider, { min: String(min), max: String(max), step: kind === 'int' ? '1' : String((max - min) / STEPS), value: String(value) });
  return slider;
}

/** A well for each colour, and two buttons that make them more and fewer. */
function swatchesOf({ default: colors, most }: ColorsParam, changed: (value: readonly string[]) => void): HTMLElement {
  const row = document.createElement('span');
  row.className = 'swatches';
  const wells = colors.map(wellOf);
  const lay = (): void => row.replaceChildren(...wells, more, fewer);
  const tell = (): void => changed(wells.map(({ value }) => value));
  const more = buttonOf('+', 'Add a colour', () => wells.length < most && wells.push(wellOf(wells.at(-1)?.value ?? FIRST_COLOR)));
  const fewer = buttonOf('−', 'Remove the last colour', () => wells.pop());

  function wellOf(value: string): HTMLInputElement {
    return Object.assign(inputOf('color', value, () => tell()), { ariaLabel: 'Colour' });
  }

  function buttonOf(sign: string, words: string, act: () => unknown): HTMLButtonElement {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: sign, title: words, ariaLabel: words });
    button.addEventListener('click', () => {
      act();
      lay();
      button.focus();
      tell();
    });
    return button;
  }

  lay();
  return row;
}

function inputOf(type: string, value: string, changed: () => void): HTMLInputElement {
  const input = document.createElement('input');
  input.type = type;
  input.value = value;
  input.addEventListener('input', changed);
  return input;
}

function selectOf(choices: readonly string[], value: string, changed: (value: string) => void): HTMLSelectElement {
  const select = document.createElement('select');
  select.append(...choices.map((choice) => new Option(choice, choice, choice === value, choice === value)));
  select.addEventListener('input', () => changed(select.value));
  return select;
}

/** What stands beside the name; controls that show their value need no words. */
function wordsFor(spec: ParamSpec, value: unknown): string {
  if (spec.kind === 'bool' || spec.kind === 'choice' || spec.kind === 'seed' || spec.kind === 'colors') return '';
  const numbers = [value].flat().map((item) => (typeof item === 'number' ? String(Number(item.toPrecision(3))) : String(item)));
  const unit = spec.unit === 'deg' ? '°' : spec.unit === 'px' ? ' px' : '';
  return `${numbers.join(', ')}${unit}`;
}
