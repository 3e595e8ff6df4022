declare module '*.jpg' {
  /** The address of the picture. */
  const url: string;
  export default url;
}
