import type { Plan, ProgressEntry } from '../../../../../src/core/model';
import type { Location } from '../../../../../src/core/text';

type Named = readonly (readonly [name: string, place: Location | undefined])[];

/** What stands in the plan's files at the place of each value of its logs: `prompt 1 title: More data`. */
export function placesIn(plan: Plan): readonly string[] {
  const written = (name: string, places: Named) =>
    places.flatMap(([field, place]) => {
      if (place === undefined) return [];
      const text = plan.textOf(place.file)?.slice(place.start, place.end) ?? '';
      return `${name} ${field}: ${text.replace(/\r\n?/g, '\n')}`;
    });
  return [
    ...plan.prompts.flatMap(({ head, number, title, date, words, decisions }, index) =>
      written(`prompt ${index + 1}`, [
        ['head', head],
        ['number', number],
        ['title', title],
        ['date', date],
        ...words.map((each) => ['words', each] as const),
        ...decisions.flatMap((each) => [
          ['decision', each] as const,
          ['decision text', each.text] as const,
          ...each.coveredBy.map((reference) => ['covered by', reference] as const),
        ]),
      ]),
    ),
    ...plan.critiques.flatMap((critique, index) => {
      const { id, text, source, verdict, reason, landed } = critique;
      return written(`critique ${index + 1}`, [
        ['all', critique],
        ['id', id],
        ['text', text],
        ['source', source],
        ['verdict', verdict],
        ['reason', reason],
        ['landed', landed],
      ]);
    }),
    ...plan.readinessPasses.flatMap(({ number, date, reviewer, rating, newGaps, changed }, index) =>
      written(`pass ${index + 1}`, [
        ['number', number],
        ['date', date],
        ['reviewer', reviewer],
        ['rating', rating],
        ...newGaps.map((gap) => ['gap', gap] as const),
        ['changed', changed],
      ]),
    ),
    ...plan.progressEntries.flatMap((entry, index) => written(`entry ${index + 1}`, entryPlaces(entry))),
  ];
}

function entryPlaces({ date, about, what, who, evidence }: ProgressEntry): Named {
  return [
    ['date', date],
    ['about', about],
    ['what', what],
    ['who', who],
    ['evidence', evidence],
  ];
}
