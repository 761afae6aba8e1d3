import { l10n } from 'vscode';
import type { Bead, Gate, Phase, Texts, Thing } from '../core/model';
import type { Blocker, PlanSnapshot } from '../core/snapshot';
import { blockerName } from '../planWords';
import type { Details } from '../protocol';

type Section = Details['sections'][number];

/** More than a card can hold is cut. */
const MOST_TEXTS = 8;
const LONGEST_TEXT = 600;
const DEEPEST_CHAIN = 4;

/** What a card beside a node says of it: what it is about, when it is done, and what it waits for and why. */
export function detailsOf({ schedule }: PlanSnapshot, thing: Phase | Bead | Gate): Details {
  const waits = section(
    l10n.t('Blocked by'),
    schedule.blockersOf(thing).map((blocker) => chainOf(thing, blocker, DEEPEST_CHAIN)),
  );
  switch (thing.kind) {
    case 'phase':
      return all(fields(l10n.t('Objective'), thing.objective), fields(l10n.t('Done means'), thing.doneMeans), waits);
    case 'bead':
      return all(
        fields(l10n.t('What'), thing.what),
        fields(l10n.t('Done when'), thing.doneWhen),
        waits,
        fields(l10n.t('If it fails'), thing.ifItFails),
        section(l10n.t('Owner'), thing.owner === undefined ? [] : [thing.owner.value]),
        fields(l10n.t('Evidence'), thing.evidence),
      );
    case 'gate':
      return all(...thing.criteria.slice(0, MOST_TEXTS).map(criterion), waits, decision(thing));
  }
}

function criterion({ criterion, pass, adjust, abort }: Gate['criteria'][number]): Section {
  const columns: readonly (readonly [string, string])[] = [
    [l10n.t('Pass'), pass],
    [l10n.t('Adjust'), adjust],
    [l10n.t('Abort'), abort],
  ];
  return section(
    criterion,
    columns.flatMap(([verdict, text]) => (text === '' ? [] : [`${verdict}: ${text}`])),
  );
}

function decision({ decision }: Gate): Section {
  const told = decision === undefined ? [] : [decision.date, decision.by, decision.measured, decision.note];
  return section(
    l10n.t('Decision'),
    [told.filter((text) => text !== undefined).join(' · ')].filter((text) => text !== ''),
  );
}

/** `ft-0001.7 ← Gate G1 ← ft-0001.4`: each waits for the next. */
function chainOf(thing: Thing, blocker: Blocker, depth: number): string {
  const [next] = blocker.because;
  const name = blockerName(thing, blocker);
  return next === undefined || depth <= 1 ? name : `${name} ← ${chainOf(thing, next, depth - 1)}`;
}

function fields(label: string, texts: Texts): Section {
  return section(
    label,
    texts.map(({ value }) => value),
  );
}

function section(label: string, texts: readonly string[]): Section {
  const shown = texts
    .slice(0, MOST_TEXTS)
    .map((text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text));
  const left = texts.length - shown.length;
  return { label, texts: left > 0 ? [...shown, l10n.t('… and {0} more', left)] : shown };
}

function all(...sections: readonly Section[]): Details {
  return { sections: sections.filter(({ texts }) => texts.length > 0) };
}
