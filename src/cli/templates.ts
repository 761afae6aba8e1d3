import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TemplateFile, templateFolder, templateNames } from '../core/prompt/templates';

/** The workspace's own templates for a plan: those of the nearest folder above the file, no further up than its repository. */
export async function findTemplates(planFile: string): Promise<readonly TemplateFile[]> {
  for (let folder = dirname(planFile); ; folder = dirname(folder)) {
    const templates = join(folder, templateFolder);
    if (await exists(templates)) return await readTemplates(templates);
    if ((await exists(join(folder, '.git'))) || dirname(folder) === folder) return [];
  }
}

async function readTemplates(folder: string): Promise<readonly TemplateFile[]> {
  const files = templateNames.map(async (name) => {
    const file = join(folder, `${name}.md`);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? [] : [{ name, file, text }];
  });
  return (await Promise.all(files)).flat();
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
