import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const samplesFolder = dirname(fileURLToPath(import.meta.url));

/** How each sample came into its repository, oldest first; the last commit takes whatever is left. */
const samples = [
  {
    name: "finetune",
    commits: [
      { date: "2026-05-08T16:00:00Z", message: "Import the question model and its client", paths: ["README.md", "serving"] },
      { date: "2026-05-08T16:10:00Z", message: "Import the plan and its prompt log", paths: ["PLAN-finetune-qwen.md", "PLAN-finetune-qwen-prompts.md"] },
      { date: "2026-05-08T16:20:00Z", message: "Import the research notes and the pilot", paths: ["docs", "data/inventory.md", "data/pilot", "data/pilot_reconstruction_report.md"] },
      { date: "2026-05-08T16:30:00Z", message: "Import the pipeline, the analysis and the progress", paths: ["."] },
    ],
  },
  {
    name: "golf-round-finder",
    commits: [
      { date: "2026-04-17T16:00:00Z", message: "Import search over fixture rounds", paths: ["README.md", "package.json", "tsconfig.json", "src/search", "src/providers", "src/server.ts", "web"] },
      { date: "2026-04-17T16:10:00Z", message: "Import the plan for production", paths: ["golf-round-finder.plan.yaml"] },
      { date: "2026-04-17T16:20:00Z", message: "Import configuration, schema and migrations", paths: ["src/config.ts", "src/checkConfig.ts", "docs", "db", "src/db"] },
      { date: "2026-04-17T16:30:00Z", message: "Import sign-in, booking states, tests and workflow", paths: ["."] },
    ],
  },
];

async function exists(path) {
  return stat(path).then(
    () => true,
    (error) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

/** Set inside a git hook, these would point `git` at the repository that called us. */
const repositoryVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX"];

function environmentForGit(date) {
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  for (const name of repositoryVariables) delete env[name];
  return env;
}

async function git(folder, date, args) {
  const settings = ["user.name=Phasewise", "user.email=samples@phasewise.invalid", "commit.gpgsign=false", "init.defaultBranch=main", "core.autocrlf=false", "core.hooksPath=/dev/null"];
  await run("git", [...settings.flatMap((setting) => ["-c", setting]), ...args], { cwd: folder, env: environmentForGit(date) });
}

async function makeRepository(folder, commits) {
  await git(folder, commits[0].date, ["init", "--quiet"]);
  for (const { date, message, paths } of commits) {
    await git(folder, date, ["add", "--", ...paths]);
    await git(folder, date, ["commit", "--quiet", "--message", message]);
  }
}

/** Built beside its place and then moved there, so that a failure leaves no half-made sample. */
async function placeSample({ name, commits }, folder) {
  const workshop = await mkdtemp(`${folder}.`);
  try {
    const building = join(workshop, name);
    await cp(join(samplesFolder, name), building, { recursive: true });
    await makeRepository(building, commits);
    await rename(building, folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/**
 * Puts both samples into `targetDir` as git repositories, with a workspace file that opens them.
 * What is there already is left as it is. Needs `git` on the path; rejects with git's own error.
 *
 * @param {string} targetDir
 * @returns {Promise<{ workspaceFile: string, folders: string[] }>}
 */
export async function prepareSampleWorkspace(targetDir) {
  await mkdir(targetDir, { recursive: true });
  const folders = samples.map(({ name }) => join(targetDir, name));
  for (const [index, sample] of samples.entries()) {
    if (!(await exists(folders[index]))) await placeSample(sample, folders[index]);
  }

  const workspaceFile = join(targetDir, "phasewise-samples.code-workspace");
  if (!(await exists(workspaceFile))) {
    const workspace = { folders: samples.map(({ name }) => ({ path: name })) };
    await writeFile(workspaceFile, `${JSON.stringify(workspace, undefined, 2)}\n`);
  }
  return { workspaceFile, folders };
}
