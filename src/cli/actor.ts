import { userInfo } from 'node:os';
import type { Actor } from '../core/actions/action';
import { createGit, type Git } from '../git/runGit';

/** Who acts: who was named, else who commits here, else who is logged in. At this minute, in local time. */
export async function actorOf(
  named: string | undefined,
  cwd: string,
  { now = new Date(), git = createGit() }: { readonly now?: Date; readonly git?: Git } = {},
): Promise<Actor> {
  return { name: named ?? (await committer(git, cwd)) ?? systemUser(), at: localMinute(now) };
}

async function committer(git: Git, cwd: string): Promise<string | undefined> {
  const name = await git.ask(cwd, ['config', '--get', 'user.name']).catch(() => undefined);
  const trimmed = name?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? 'unknown'; // a container's user without a name
  }
}

function localMinute(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
