import type { Work } from './work.ts';

/** Opens pictures large, one after the other with the arrow keys. */
export function watchLargeView(works: readonly Work[]): void {
  const dialog = document.querySelector('#large') as HTMLDialogElement;
  const picture = dialog.querySelector('img') as HTMLImageElement;
  const title = dialog.querySelector('#large-title') as HTMLElement;
  const medium = dialog.querySelector('#large-medium') as HTMLElement;
  let shown = 0;

  const show = (index: number): void => {
    const work = works[index] as Work;
    shown = index;
    picture.src = work.address;
    picture.alt = title.textContent = work.title;
    medium.textContent = work.medium.textContent;
  };
  const step = (by: number): void => {
    const open = [...works.keys()].filter((index) => works[index]?.address !== '');
    show(open[(open.indexOf(shown) + by + open.length) % open.length] as number);
  };

  works.forEach(({ frame }, index) => {
    frame.addEventListener('click', () => {
      show(index);
      dialog.showModal();
    });
  });
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') step(-1);
    if (key === 'ArrowRight') step(1);
  });
  dialog.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (button === null || 'close' in button.dataset) dialog.close();
    else step(Number(button.dataset['step']));
  });
  // The focus goes to the picture that was looked at last, not to the one that was opened first.
  dialog.addEventListener('close', () => (works[shown] as Work).frame.focus());
}
