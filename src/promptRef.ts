import type { ThingRef } from './core/thingRef';

/** The kinds of things that have a prompt. */
export const promptKinds = ['phase', 'bead', 'gate'] as const satisfies readonly ThingRef['kind'][];

export type PromptKind = (typeof promptKinds)[number];

export interface PromptRef extends ThingRef {
  readonly kind: PromptKind;
}

export function hasPrompt(ref: ThingRef | undefined): ref is PromptRef {
  return promptKinds.some((kind) => kind === ref?.kind);
}
