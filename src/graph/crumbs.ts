import { l10n } from 'vscode';
import type { FlowLevel, FlowThing } from '../core/flowchart/levels';
import { shorten } from '../core/flowchart/text';
import type { Bead, Gate, Phase, Plan } from '../core/model';
import { labelOf, nameOf } from '../planWords';
import type { Crumb } from '../protocol';

const LONGEST = 60;

/** A thing by name and title, as far as there is room for it. */
export function label(thing: Phase | Bead | Gate): string {
  return shorten(labelOf(thing), LONGEST);
}

/** In a few words. */
export function called(thing: Phase | Bead | Gate): string {
  return thing.idAt === undefined ? label(thing) : nameOf(thing);
}

/** The way from the whole plan down to a level. */
export function crumbsOf(plan: Plan, level: FlowLevel): readonly Crumb[] {
  const top: Crumb = {
    label: shorten(plan.title, LONGEST),
    level: { level: plan.phases.length > 0 ? 'overview' : 'whole' },
  };
  switch (level.level) {
    case 'overview':
      return [{ label: top.label }];
    case 'whole':
      return plan.phases.length > 0 ? [top, { label: l10n.t('Whole plan') }] : [{ label: top.label }];
    case 'phase':
      return [top, { label: phaseLabel(plan, level.phase) }];
    case 'waves': {
      const waves = l10n.t('Waves');
      const all: Crumb = { label: waves, level: { level: 'waves' } };
      if (level.wave !== undefined) return [top, all, { label: l10n.t('Wave {0}', level.wave + 1) }];
      if (level.from !== undefined) return [top, all, { label: l10n.t('From wave {0}', level.from + 1) }];
      return [top, { label: waves }];
    }
    case 'neighbourhood':
      return [top, ...home(plan, level.thing), { label: calledIn(plan, level.thing) }];
    case 'blockers':
      return [top, ...home(plan, level.thing), { label: l10n.t('Why {0} waits', calledIn(plan, level.thing)) }];
    case 'unblocks':
      return [top, ...home(plan, level.thing), { label: l10n.t('What {0} unblocks', calledIn(plan, level.thing)) }];
  }
}

/** The phase that a thing is at home in. */
function home(plan: Plan, { kind, id }: FlowThing): readonly Crumb[] {
  const thing = plan.find(id, kind);
  const phase =
    thing?.kind === 'phase'
      ? thing.id
      : thing?.kind === 'gate'
        ? thing.phase
        : plan.phases.find((each) => plan.beadsOfPhase(each.id).some((bead) => bead.id === id))?.id;
  return phase === undefined ? [] : [{ label: phaseLabel(plan, phase), level: { level: 'phase', phase } }];
}

function phaseLabel(plan: Plan, id: string): string {
  const phase = plan.find(id, 'phase');
  return phase?.kind === 'phase' ? label(phase) : l10n.t('Outside any phase');
}

function calledIn(plan: Plan, { kind, id }: FlowThing): string {
  const thing = plan.find(id, kind);
  return thing === undefined || thing.kind === 'scenario' ? id : called(thing);
}
