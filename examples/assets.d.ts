declare module '*.jpg' {
  /** The address of the picture. */
  const url: string;
  export default url;
}

interface ImportMeta {
  /** Vite's: the texts of the files that match, each to be loaded when it is called for. */
  glob(pattern: string, options: { readonly query: '?raw'; readonly import: 'default' }): Readonly<Record<string, () => Promise<string>>>;
}
