import type * as vscode from 'vscode';
import type { ThingRef } from '../../core/thingRef';

/** How a bead or phase was verified last. */
export interface Verified {
  /** Local time, as it stands in evidence. */
  readonly at: string;
  readonly commit?: string;
  readonly passed: boolean;
  readonly commands: readonly { readonly command: string; readonly exitCode?: number; readonly tail: string }[];
  /** Manual steps, as the person has ticked them. */
  readonly manual: readonly { readonly text: string; readonly done: boolean }[];
}

const approvedKey = 'phasewise.verify.approved';
const resultsKey = 'phasewise.verify.results';
const mostApproved = 500;
const mostResults = 200;

/** What the user allowed to run in this workspace, and what came of it. Kept with the workspace, not with the plan. */
export class Verifications {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  isApproved(hash: string): boolean {
    return this.#state.get<readonly string[]>(approvedKey, []).includes(hash);
  }

  async approve(hash: string): Promise<void> {
    const known = this.#state.get<readonly string[]>(approvedKey, []).filter((each) => each !== hash);
    await this.#state.update(approvedKey, [...known, hash].slice(-mostApproved));
  }

  last(ref: ThingRef): Verified | undefined {
    return this.#results().find(([key]) => key === keyOf(ref))?.[1];
  }

  async keep(ref: ThingRef, result: Verified): Promise<void> {
    const others = this.#results().filter(([key]) => key !== keyOf(ref));
    await this.#state.update(resultsKey, [...others, [keyOf(ref), result]].slice(-mostResults));
  }

  #results(): readonly (readonly [string, Verified])[] {
    return this.#state.get<readonly (readonly [string, Verified])[]>(resultsKey, []);
  }
}

function keyOf({ plan, kind, id }: ThingRef): string {
  return JSON.stringify([plan, kind, id]);
}

/** One line for each command and for what a person looked at, as evidence stands in plans. */
export function evidenceOf({ at, commit, commands, manual }: Verified): readonly string[] {
  const time = at.replace('T', ' ');
  const when = commit === undefined ? time : `${time}, commit ${commit}`;
  const seen = manual.filter(({ done }) => done).map(({ text }) => text);
  return [
    ...commands.map(({ command, exitCode }) => `\`${command}\` exit code ${exitCode ?? 'none'} (${when})`),
    ...(seen.length === 0 ? [] : [`looked at: ${seen.join('; ')} (${time})`]),
  ];
}
