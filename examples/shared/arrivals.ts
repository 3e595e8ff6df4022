/** Where photographs come from. */
export interface Doors {
  readonly input: HTMLInputElement;
  /** Shows that a file may be dropped; the whole page takes it. */
  readonly drop: HTMLElement;
}

/** Calls `arrived` with each file that is chosen, dropped or pasted, and `empty` where something else was dropped or pasted. */
export function watchArrivals({ input, drop }: Doors, arrived: (file: File) => void, empty: (how: 'dropped' | 'pasted') => void): void {
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) arrived(file);
    // Else the same file could not be chosen twice.
    input.value = '';
  });

  addEventListener('paste', ({ clipboardData }) => take(clipboardData, 'pasted'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.removeAttribute('data-over');
    take(event.dataTransfer, 'dropped');
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.setAttribute('data-over', '');
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    // Leaving one element for another is not leaving the page.
    if (relatedTarget === null) drop.removeAttribute('data-over');
  });

  function take(data: DataTransfer | null, how: 'dropped' | 'pasted'): void {
    const [file] = data?.files ?? [];
    if (file === undefined) empty(how);
    else arrived(file);
  }
}
