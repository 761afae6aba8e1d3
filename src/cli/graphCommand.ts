import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type GraphRequest, graphLevels, optionsOf } from '../core/documentGraph/request';
import { updateGraphs } from '../core/documentGraph/update';
import { applyEdits } from '../core/edit/planEdits';
import { flowchart, flowchartSource } from '../core/flowchart/makeFlowchart';
import type { PlanSnapshot } from '../core/snapshot';
import { holdFiles } from '../writing/holdFiles';
import { type Answer, type Context, chosenPlans } from './context';
import { exitCodes } from './exitCodes';
import { reasonOf } from './findFiles';
import { drawPicture } from './picture/drawPicture';
import { visible } from './terminal';
import { wordOf } from './usage';
import { UsageError } from './usageError';

/** The graph of each plan as text or as a picture; or those that stand in its documents, brought up to date. */
export async function graph(context: Context): Promise<Answer> {
  const { call, cwd, loaded } = context;
  const { options } = call;
  const chosen = chosenPlans(context, loaded);
  const request = requestOf(context);
  const format = wordOf('format', options.format, ['mmd', 'svg']) ?? 'mmd';
  const ground = wordOf('background', options.background, ['white', 'transparent']) ?? 'white';
  if (options.write === true) {
    if (options.format !== undefined || options.output !== undefined || Object.keys(request).length > 0) {
      throw new UsageError('--write takes level, phase and direction from the documents, and needs no other option');
    }
    return await writeGraphs(context, chosen);
  }
  if (options.background !== undefined && format !== 'svg') throw new UsageError('--background is for --format svg');
  const text = format === 'svg' ? await picture(chosen, request, ground) : source(chosen, request);
  if (options.output === undefined) return { data: {}, text };
  await save(options.output, text, cwd);
  return { data: {}, text: '' };
}

async function save(file: string, text: string, cwd: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text);
  } catch (error) {
    throw new UsageError(`${visible(file)} cannot be written: ${reasonOf(error)}`);
  }
}

function requestOf({ call: { options } }: Context): GraphRequest {
  const level = wordOf('level', options.level, graphLevels);
  if (level === 'phase' && options.phase === undefined) throw new UsageError('which phase? Add --phase ID');
  if (options.phase !== undefined && level !== undefined && level !== 'phase') {
    throw new UsageError(`--level ${level} and --phase exclude each other`);
  }
  return { ...(level !== undefined && { level }), ...(options.phase !== undefined && { phase: options.phase }) };
}

/** All of the plan, where nothing is asked for. */
function optionsFor(snapshot: PlanSnapshot, request: GraphRequest) {
  const options = optionsOf(snapshot, Object.keys(request).length === 0 ? { level: 'all' } : request);
  if ('refused' in options) throw new UsageError(options.refused, 'unknown');
  return options;
}

/** Each a diagram of its own; with several, comments say which is which. */
function source(chosen: readonly PlanSnapshot[], request: GraphRequest): string {
  const texts = chosen.map((snapshot) => {
    const text = flowchartSource(snapshot, optionsFor(snapshot, request));
    const { id, title } = snapshot.plan;
    return chosen.length > 1 ? `%% ${visible(id)}: ${visible(title)}\n${text}` : text;
  });
  return texts.join('\n');
}

async function picture(
  chosen: readonly PlanSnapshot[],
  request: GraphRequest,
  ground: 'white' | 'transparent',
): Promise<string> {
  const [snapshot, ...others] = chosen;
  if (snapshot === undefined) return '';
  if (others.length > 0) {
    const ids = chosen.map(({ plan }) => visible(plan.id)).join(', ');
    throw new UsageError(`a picture shows one plan, and here are several. Add --plan with one of ${ids}`);
  }
  return `${await drawPicture({ chart: flowchart(snapshot, optionsFor(snapshot, request)), ground })}\n`;
}

/** Only what differs between the markers is written; a graph that cannot be drawn is told of and left. */
async function writeGraphs({ loaded, terminal }: Context, chosen: readonly PlanSnapshot[]): Promise<Answer> {
  const lines: string[] = [];
  let isWhole = true;
  for (const snapshot of chosen) {
    for (const file of snapshot.plan.files) {
      const before = loaded.part(file)?.notation === 'markdown' ? (loaded.part(file)?.text ?? '') : '';
      const { edits, troubles, count } = updateGraphs(before, snapshot);
      for (const { at, why } of troubles) {
        isWhole = false;
        const { line } = loaded.positionOf(file, at.start);
        terminal.err(`phasewise: ${visible(file)}:${line + 1}: this graph was left as it is: ${why}\n`);
      }
      if (count === 0) continue;
      if (edits.length > 0) {
        const path = loaded.pathOf(file);
        await holdFiles([path], ({ replace }) => replace([{ path, before, after: applyEdits(before, edits) }]));
      }
      lines.push(`${visible(file)}: ${edits.length > 0 ? 'updated' : 'up to date'}\n`);
    }
  }
  if (lines.length === 0 && isWhole) terminal.err('phasewise: no graph between markers found; see docs/cli.md\n');
  return { data: {}, text: lines.join(''), exitCode: isWhole ? exitCodes.fine : exitCodes.problemsFound };
}
