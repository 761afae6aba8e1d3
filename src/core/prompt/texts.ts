import type { Bead, Gate, Phase, Scenario, Texts } from '../model';

export function values(texts: Texts): readonly string[] {
  return texts.map(({ value }) => value);
}

/** Everything that a prompt says of the phase itself. */
export function textsOfPhase(phase: Phase): readonly string[] {
  const { operations } = phase;
  return [
    phase.objective,
    phase.constraints,
    phase.outOfScope,
    phase.doneMeans,
    phase.interfaces,
    phase.prerequisites,
    phase.verification,
    operations.git,
    operations.migrations,
    operations.tophatting,
    operations.gates,
    operations.notes,
    phase.risks,
  ].flatMap(values);
}

export function textsOfBead(bead: Bead): readonly string[] {
  return [...[bead.what, bead.doneWhen, bead.ifItFails].flatMap(values), ...bead.steps.map(({ text }) => text.value)];
}

export function textsOfGate(gate: Gate): readonly string[] {
  return [
    gate.title.value,
    ...gate.criteria.flatMap(({ criterion, pass, adjust, abort }) => [criterion, pass, adjust, abort]),
    gate.decision?.note ?? '',
  ];
}

export function textsOfScenario(scenario: Scenario): readonly string[] {
  return [...values(scenario.detection), ...values(scenario.recovery)];
}

/** Tokens that can be ids, in lower case, without the punctuation that ends a sentence. Linear. */
export function words(text: string): readonly string[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}_.-]+/gu) ?? [];
  return found.map(withoutPunctuation);
}

function withoutPunctuation(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && isPunctuation(word[start])) start++;
  while (start < end && isPunctuation(word[end - 1])) end--;
  return word.slice(start, end);
}

function isPunctuation(character: string | undefined): boolean {
  return character === '.' || character === '-';
}
