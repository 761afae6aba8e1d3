import type { Critique } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { counted, type LinkTo, link, page, section, words } from './report';

/** What became of each critique, those without an answer first, and how the readiness passes went. */
export function auditCritiques({ plan }: PlanSnapshot, linkTo: LinkTo): string {
  const { critiques, readinessPasses } = plan;
  const line = (critique: Critique, index: number) => {
    const name = link(critique.id?.value ?? `Critique ${index + 1}`, critique, linkTo);
    const parts = [
      words(critique.text.value),
      critique.reason === undefined ? '' : `reason: ${words(critique.reason.value)}`,
      critique.landed === undefined ? '' : `landed in: ${words(critique.landed.value)}`,
    ];
    return `${name}: ${parts.filter((part) => part !== '').join(' · ')}`;
  };
  const those = (isOne: (critique: Critique) => boolean) =>
    critiques.flatMap((critique, index) => (isOne(critique) ? line(critique, index) : []));
  const isOpen = ({ verdict }: Critique) => verdict === undefined || verdict.value === 'open';
  const isRejected = ({ verdict }: Critique) => verdict?.value === 'rejected';
  const open = critiques.filter(isOpen).length;
  const rejected = critiques.filter(isRejected).length;
  return page('Audit of critiques', plan, [
    critiques.length === 0
      ? 'This plan records no critiques. Send it to somebody who owes it nothing before executing it, and keep a table with critique, verdict and reason under a heading `Critiques`.'
      : `${counted(critiques.length, 'critique')}: ${critiques.length - open - rejected} adopted, ${rejected} rejected, ${open} without a verdict.`,
    section('Without a verdict', those(isOpen)),
    section(
      'Rejected without a reason',
      those((each) => isRejected(each) && each.reason === undefined),
    ),
    section(
      'Adopted, but nobody says where it landed',
      those((each) => each.verdict?.value === 'adopted' && each.landed === undefined),
    ),
    section(
      'Adopted',
      those((each) => each.verdict?.value === 'adopted' && each.landed !== undefined),
    ),
    section(
      'Rejected',
      those((each) => isRejected(each) && each.reason !== undefined),
    ),
    section(
      'Readiness passes',
      readinessPasses.map(({ number, date, reviewer, rating, gapCount, ...place }, index) => {
        const name = link(`Pass ${number?.value ?? index + 1}`, place, linkTo);
        const facts = [date, reviewer, rating].flatMap((fact) => (fact === undefined ? [] : words(fact.value)));
        return `${name}: ${[...facts, counted(gapCount, 'new gap')].join(' · ')}`;
      }),
    ),
  ]);
}
