/** What a plan's own text does not say, from whoever can look it up. What is absent is not judged. */
export interface Surroundings {
  /** The plan's progress file, with its text. */
  readonly progress?: { readonly file: string; readonly text: string };
  /** Files of the plan that hold something which is not committed. */
  readonly uncommitted?: readonly string[];
}
