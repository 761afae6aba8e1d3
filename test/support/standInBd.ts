import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder, writeFiles } from './temporary';

export interface StandIn {
  /**
   * `new` as 1.3: `--claim`, `--force`, JSON in an envelope, code 1 when something was not done. `old` as 0.2x: neither
   * option, a bare list, and code 0 with a complaint.
   */
  readonly version?: 'new' | 'old';
  /** Whether each change is written into the export at once, as `export.auto` has it. */
  readonly exportsItself?: boolean;
  /** A command that fails, with what it says. */
  readonly fails?: Readonly<Record<string, string>>;
  /** A command that never ends. */
  readonly hangs?: string;
  /** Leaves a process behind that holds its output open, as one that starts a server can. */
  readonly leavesServer?: boolean;
}

/**
 * A stand-in for `bd`, the command of the Beads tracker, which cannot be had in tests. It behaves as Beads documents its
 * command line (docs/CLI_REFERENCE.md and the source of `cmd/bd`): issues are in a database of its own in `.beads`, found
 * from the current folder upwards; `show`, `update`, `close`, `reopen`, `defer` and `export` take the options that are
 * used here and refuse others in cobra's words. It keeps each call. Gives the folder to put on the PATH.
 */
export function standInBd(options: StandIn = {}): string {
  const folder = temporaryFolder({ 'calls.jsonl': '' });
  const file = join(folder, 'bd');
  writeFileSync(file, `#!/usr/bin/env node\nconst options = ${JSON.stringify(options)};\n${PROGRAM}`);
  chmodSync(file, 0o755);
  return folder;
}

/** The arguments of each call, in order. */
export function callsOf(folder: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(folder, 'calls.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as string[]);
}

/** A PATH on which the stand-in is found first; with nothing, one without any `bd`. */
export function pathWith(folder?: string): string {
  const all = (process.env.PATH ?? '').split(delimiter).filter((each) => !existsSync(join(each, 'bd')));
  return [...(folder === undefined ? [] : [folder]), ...all].join(delimiter);
}

export interface IssueText {
  readonly id: string;
  readonly title?: string;
  readonly status?: string;
  readonly assignee?: string;
  readonly [key: string]: unknown;
}

/** A folder whose tracker has these issues, and whose export says the same; or what `exported` says. */
export function trackedFolder(issues: readonly IssueText[], exported: readonly IssueText[] = issues): string {
  const full = (each: IssueText) => ({ title: `Issue ${each.id}`, status: 'open', issue_type: 'task', ...each });
  const folder = temporaryFolder();
  writeFiles(folder, {
    '.beads/stand-in.json': JSON.stringify(issues.map(full)),
    '.beads/issues.jsonl': exported.map((each) => `${JSON.stringify(full(each))}\n`).join(''),
  });
  return folder;
}

/** What the tracker has. */
export function trackerOf(folder: string): readonly IssueText[] {
  return JSON.parse(readFileSync(join(folder, '.beads/stand-in.json'), 'utf8')) as IssueText[];
}

export function exportOf(folder: string): readonly IssueText[] {
  const lines = readFileSync(join(folder, '.beads/issues.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as IssueText);
}

const PROGRAM = String.raw`
const { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { dirname, join } = require('node:path');
const [command, ...words] = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls.jsonl'), JSON.stringify(process.argv.slice(2)) + '\n');
const isOld = options.version === 'old';
if (options.hangs === command) setInterval(() => {}, 1000);
else main();

function main() {
  if (options.leavesServer) spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit', detached: true }).unref();
  const failure = (options.fails ?? {})[command];
  if (failure !== undefined) fail('Error: ' + failure);
  const known = {
    show: [[], []],
    update: [['status', 'assignee', 'append-notes'], isOld ? [] : ['claim', 'force']],
    close: [['reason'], isOld ? [] : ['force']],
    reopen: [['reason'], []],
    defer: [isOld ? [] : ['reason'], []],
    export: [['o'], []],
  }[command];
  if (known === undefined) fail('Error: unknown command "' + command + '" for "bd"\nRun \'bd --help\' for usage.');
  const [id, given] = parse(known);
  const beads = findBeads(process.cwd());
  if (beads === undefined) fail('Error: no beads database found\nHint: run \'bd init\' to create a database');
  const database = join(beads, 'stand-in.json');
  const issues = JSON.parse(readFileSync(database, 'utf8'));
  if (command === 'export') {
    write(given.o, issues);
    process.stderr.write('Exported ' + issues.length + ' issues to ' + given.o + '\n');
    return;
  }
  const issue = issues.find((each) => each.id === id);
  if (issue === undefined) return refuse('Issue ' + id + ' not found');
  const actor = given.actor ?? 'nobody';
  switch (command) {
    case 'update':
      if (given.claim !== undefined) {
        if ((issue.assignee ?? '') !== '' && issue.assignee !== actor) return refuse('failed to claim ' + id + ': already claimed by ' + issue.assignee);
        Object.assign(issue, { assignee: actor, status: 'in_progress' });
      }
      if (given.assignee === '' && !isOld && issue.assignee && issue.assignee !== actor && given.force === undefined)
        return refuse('cannot reassign ' + id + ': held by ' + issue.assignee + ' (use --force to override)');
      if (given.status !== undefined) issue.status = given.status;
      if (given.assignee !== undefined) issue.assignee = given.assignee;
      if (given['append-notes'] !== undefined) issue.notes = [issue.notes, given['append-notes']].filter(Boolean).join('\n');
      break;
    case 'close': {
      const open = (issue.dependencies ?? []).filter((on) => issues.some((each) => each.id === on.depends_on_id && each.status !== 'closed'));
      if (!isOld && open.length > 0 && given.force === undefined) return refuse('cannot close ' + id + ': blocked by open issues (use --force to override)');
      Object.assign(issue, { status: 'closed', close_reason: given.reason });
      break;
    }
    case 'reopen':
      Object.assign(issue, { status: 'open', close_reason: undefined });
      break;
    case 'defer':
      issue.status = 'deferred';
      if (given.reason !== undefined) issue.notes = given.reason;
  }
  if (command !== 'show') {
    issue.updated_at = new Date().toISOString();
    writeFileSync(database, JSON.stringify(issues));
    if (options.exportsItself) write(join(beads, 'issues.jsonl'), issues);
  }
  process.stdout.write(JSON.stringify(isOld ? [issue] : { schema_version: 1, items: [issue] }, undefined, 2) + '\n');
}

function parse([valued, plain]) {
  const given = {};
  const rest = [];
  for (let at = 0; at < words.length; at++) {
    const [, name, value] = /^--?([\w-]+)(?:=([^]*))?$/.exec(words[at]) ?? [];
    if (name === undefined) rest.push(words[at]);
    else if (name === 'json' || plain.includes(name)) given[name] = true;
    else if (name === 'actor' || valued.includes(name)) given[name] = value ?? words[++at];
    else fail('Error: unknown flag: --' + name + '\nUsage:\n  bd ' + command + ' [flags]');
  }
  return [rest[0], given];
}

function findBeads(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.beads', 'stand-in.json'))) return join(at, '.beads');
    if (dirname(at) === at) return undefined;
  }
}

function write(file, issues) {
  writeFileSync(file + '.tmp', issues.map((each) => JSON.stringify(each) + '\n').join(''));
  renameSync(file + '.tmp', file);
}

function refuse(message) {
  if (isOld) process.stderr.write('Error: ' + message + '\n');
  else {
    process.stderr.write(JSON.stringify({ error: message, schema_version: 1 }, undefined, 2) + '\n');
    process.exitCode = 1;
  }
}

function fail(message) {
  process.stderr.write(message + '\n');
  process.exit(1);
}
`;
