/**
 * What a tier of tests came to.
 * @typedef {object} TierResult
 * @property {number} passed
 * @property {number} skipped
 * @property {readonly {readonly title: string, readonly error: string}[]} failures
 * @property {string} [note] what it ran in
 */
