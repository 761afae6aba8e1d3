import picomatch from 'picomatch';

/** Settings of one workspace folder. All patterns are relative to it, in the editor's glob dialect. */
export interface PlanGlobs {
  /** What can be a plan file. */
  readonly files: readonly string[];
  /** What never is: a pattern that matches a folder excludes all in it. */
  readonly exclude: readonly string[];
}

/** Says of a path relative to the folder, with `/` between its parts, whether the settings make it a candidate. */
export function globMatcher({ files, exclude }: PlanGlobs): (path: string) => boolean {
  const isFile = anyOf(files);
  const isExcluded = anyOf(exclude);
  return (path) => isFile(path) && !selfAndAncestors(path).some(isExcluded);
}

/** Says of a folder, by its path, whether it or one above it is excluded. */
export function folderExcluder(exclude: readonly string[]): (path: string) => boolean {
  const isExcluded = anyOf(exclude);
  // A pattern for everything inside (`**/out/**`) prunes the folder as well.
  return (path) => selfAndAncestors(path).some((folder) => isExcluded(folder) || isExcluded(`${folder}/-`));
}

/** `a/b/c` gives `a`, `a/b` and `a/b/c`. */
export function selfAndAncestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** One pattern for one search. Braces inside are resolved first: not every search engine nests them. */
export function joinGlobs(globs: readonly string[]): string | undefined {
  const all = [...new Set(globs.flatMap(expandBraces))];
  if (all.length < 2) return all[0];
  return `{${all.join(',')}}`;
}

const mostAlternatives = 200;

/** `a.{md,yaml}` gives `a.md` and `a.yaml`. A pattern with unbalanced or very many braces is given back as it is. */
export function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const todo = [glob];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const group = firstGroup(next);
    if (group === undefined) done.push(next);
    else todo.push(...group.alternatives.map((text) => group.before + text + group.after).reverse());
    if (done.length + todo.length > mostAlternatives) return [glob];
  }
  return done;
}

interface BraceGroup {
  readonly before: string;
  readonly alternatives: readonly string[];
  readonly after: string;
}

function firstGroup(glob: string): BraceGroup | undefined {
  const open = glob.indexOf('{');
  if (open < 0) return undefined;
  const alternatives: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < glob.length; i++) {
    const character = glob[i];
    if (character === '{') depth++;
    else if (character === ',' && depth === 1) {
      alternatives.push(glob.slice(from, i));
      from = i + 1;
    } else if (character === '}' && --depth === 0) {
      return {
        before: glob.slice(0, open),
        alternatives: [...alternatives, glob.slice(from, i)],
        after: glob.slice(i + 1),
      };
    }
  }
  return undefined;
}

function anyOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map((glob) => picomatch(plain(glob), { dot: true, nonegate: true, noextglob: true }));
  return (path) => matchers.some((matches) => matches(path));
}

/** In the editor's dialect parentheses and bars stand for themselves. */
function plain(glob: string): string {
  return glob.replace(/[()|]/g, '\\$&');
}
