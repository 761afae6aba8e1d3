import type { PlanSnapshot } from '../snapshot';
import { type LoggedCritique, logOf } from './planLog';
import { counted, type LinkTo, link, page, section, words } from './report';

/** What became of each critique, those without an answer first, and how the readiness passes went. */
export function auditCritiques({ plan }: PlanSnapshot, linkTo: LinkTo): string {
  const { critiques, passes } = logOf(plan);
  const line = (critique: LoggedCritique, index: number) => {
    const name = link(critique.id === '' ? `Critique ${index + 1}` : critique.id, critique, linkTo);
    const parts = [
      words(critique.text),
      critique.reason === '' ? '' : `reason: ${words(critique.reason)}`,
      critique.landed === '' ? '' : `landed in: ${words(critique.landed)}`,
    ];
    return `${name}: ${parts.filter((part) => part !== '').join(' · ')}`;
  };
  const those = (isOne: (critique: LoggedCritique) => boolean) =>
    critiques.flatMap((critique, index) => (isOne(critique) ? line(critique, index) : []));
  const isOpen = ({ verdict }: LoggedCritique) => verdict === undefined || verdict === 'open';
  const isRejected = ({ verdict }: LoggedCritique) => verdict === 'rejected';
  const open = critiques.filter(isOpen).length;
  const rejected = critiques.filter(isRejected).length;
  return page('Audit of critiques', plan, [
    critiques.length === 0
      ? 'This plan records no critiques. Send it to somebody who owes it nothing before executing it, and keep a table with critique, verdict and reason under a heading `Critiques`.'
      : `${counted(critiques.length, 'critique')}: ${critiques.length - open - rejected} adopted, ${rejected} rejected, ${open} without a verdict.`,
    section('Without a verdict', those(isOpen)),
    section(
      'Rejected without a reason',
      those((each) => isRejected(each) && each.reason === ''),
    ),
    section(
      'Adopted, but nobody says where it landed',
      those((each) => each.verdict === 'adopted' && each.landed === ''),
    ),
    section(
      'Adopted',
      those((each) => each.verdict === 'adopted' && each.landed !== ''),
    ),
    section(
      'Rejected',
      those((each) => isRejected(each) && each.reason !== ''),
    ),
    section(
      'Readiness passes',
      passes.map((pass, index) => {
        const name = link(`Pass ${pass.number || index + 1}`, pass, linkTo);
        const facts = [pass.date, pass.reviewer, pass.rating].filter((fact) => fact !== '').map(words);
        return `${name}: ${[...facts, counted(pass.gaps.length, 'new gap')].join(' · ')}`;
      }),
    ),
  ]);
}
