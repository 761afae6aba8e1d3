import { plainName } from '../fields';

/** What a section is about when it is no thing itself: it says how what is in it is read. */
export type Topic =
  | 'insight'
  | 'failure'
  | 'gate'
  | 'critique'
  | 'prompt'
  | 'approval'
  /** Lists of requirements have ids and check boxes too, but are no beads. */
  | 'requirement'
  /** Which thing waits for which, in prose. */
  | 'dependency'
  /** Legends, notes, strategies and the like: what is listed there is told elsewhere. */
  | 'aside';

const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  ['insight', /\binsights?\b/],
  ['critique', /\b(?:feedback|critiques?|criticisms?|adversarial review)\b/],
  ['failure', /\bfailures?\b|^scenarios$/],
  ['approval', /^(?:approvals?|sign offs?)$/],
  ['prompt', /^(?:prompts?|prompt (?:log|history)|user prompts)$/],
  ['gate', /^(?:decision |quality |human |phase )?gates?\b/],
  ['requirement', /\brequirements?\b|^traceability\b/],
  ['dependency', /\bdependenc(?:y|ies)\b|^(?:execution|implementation|build) order\b|^blocking relationships\b/],
  [
    'aside',
    /\b(?:legend|commits?|conventions?|how to use|examples?|parallel|strategy|changelog|glossary|numbering|assumptions?|open questions?|timeline|schedule|appendix|references|handoff)\b|^(?:format|metadata|meta|at a glance|notes?|template|priority|priorities|summary|overview|progress|status legend|key milestones|execution flow|next steps|risks?|success (?:criteria|metrics)|acceptance criteria|definition of done|done criteria|constraints|out of scope|prerequisites)\b|\b(?:validation|pre ?flight|review|acceptance|testing|qa|quality|release|launch|deployment) checklist\b/,
  ],
];

const known = new Map<string, Topic | null>();

export function topicOf(title: string): Topic | undefined {
  let topic = known.get(title);
  if (topic === undefined) {
    const plain = plainName(title.replace(/^[\s\d.)]+/, ''));
    topic = TOPICS.find(([, words]) => words.test(plain))?.[0] ?? null;
    // Titles repeat (`Constraints` in each phase); what stands once must not fill the memory.
    if (known.size > 2000) known.clear();
    known.set(title, topic);
  }
  return topic ?? undefined;
}
