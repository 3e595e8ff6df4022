/** A name with the ending that fits the file's type. */
export function fileName({ type }: Blob, name: string): string {
  return `${name}.${type.split(/[/;]/)[1] ?? 'bin'}`;
}

/** Gives the visitor a file. */
export function saveFile(file: Blob, name: string): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: fileName(file, name) });
  link.click();
  URL.revokeObjectURL(link.href);
}
