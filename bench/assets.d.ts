declare module '*.png?inline' {
  /** A data URL. */
  const url: string;
  export default url;
}
interface ImportMeta {
  /** Vite's: the modules of all files that match, by path. */
  glob<T>(pattern: string, options: { readonly query: string; readonly import: 'default'; readonly eager: true }): Readonly<Record<string, T>>;
}
