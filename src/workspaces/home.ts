import { basename } from 'node:path';
import type { Repository } from '../git/repository';
import type { Home } from './naming';

/** A folder beside a submodule would lie in the checkout that holds it, and show there as untracked. */
export function homeOf(repository: Repository): Home {
  const folder = mainFolder(repository);
  const { superproject } = repository;
  return { folder, stem: superproject === undefined ? folder : `${superproject}.${basename(folder)}` };
}

/** The main checkout, or the open one where the repository is bare. */
export function mainFolder({ main, checkout }: Repository): string {
  return main ?? checkout;
}
