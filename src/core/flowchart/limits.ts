/** What mermaid takes in other people's hands, where nobody has raised its limits (`maxEdges`, `maxTextSize`). */
const USUAL = { edges: 500, characters: 50_000 } as const;

export interface GraphExtent {
  /** Invisible links count as well. */
  readonly edges: number;
  readonly characters: number;
  /** Whether mermaid draws it where it is as it comes. */
  readonly isUsual: boolean;
}

/** How large a flowchart's text is for other people's renderers. Linear. */
export function extentOf(source: string): GraphExtent {
  const edges = source.split('\n').filter((line) => / (-->|-\.->|==>|~~~) /.test(line)).length;
  return {
    edges,
    characters: source.length,
    isUsual: edges <= USUAL.edges && source.length <= USUAL.characters,
  };
}
