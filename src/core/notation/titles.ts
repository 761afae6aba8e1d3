/** The words of a title with dashes between them, as links and branches have it: `Dig the bed` gives `dig-the-bed`. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

interface Titled {
  readonly id: string;
  readonly title: { readonly value: string };
}

/** Finds things by their titles, however these are written. Of two that are called the same, neither counts. */
export class Titles<T extends Titled> {
  readonly #bySlug = new Map<string, T | undefined>();

  constructor(things: readonly T[]) {
    for (const thing of things) this.#add(slugOf(thing.title.value), thing);
    for (const thing of things) {
      const { value } = thing.title;
      if (value.endsWith(')')) this.#add(slugOf(value.replace(REMARK, '')), thing);
    }
  }

  #add(slug: string, thing: T): void {
    const known = this.#bySlug.get(slug);
    this.#bySlug.set(slug, this.#bySlug.has(slug) && known?.id !== thing.id ? undefined : thing);
  }

  /** Also of `the task “Dig the bed”`, `the Soil phase` and `Dig the bed (all of it)`. */
  find(title: string): T | undefined {
    const slug = slugOf(title);
    if (!MAY_BE_TITLE.test(slug)) return undefined;
    return this.#bySlug.get(slug) ?? this.#bySlug.get(slugOf(title.replace(REMARK, '')).replace(KIND, ''));
  }
}

/** Numbers and single letters are ids. */
const MAY_BE_TITLE = /\p{L}.?\p{L}/u;
const REMARK = /\s\([^()]{0,100}\)\s*$/;
const KIND =
  /^the-|^(?:the-)?(?:phase|stage|milestone|task|bead|step|gate)-|-(?:phase|stage|milestone|task|bead|step|gate)$/g;
