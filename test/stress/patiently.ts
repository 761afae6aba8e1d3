import { WriteRefusal } from '../../src/writing/refusal';

/** Tries again as long as the lock is busy: on a machine with much else to do, one holder can take half a minute. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WriteRefusal) || error.code !== 'busy') throw error;
    }
  }
}
