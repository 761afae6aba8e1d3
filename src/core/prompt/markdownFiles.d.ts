/** Bundled and loaded as text. */
declare module '*.md' {
  const text: string;
  export default text;
}
