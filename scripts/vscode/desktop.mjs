import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';

const commands = ['code', 'code-insiders', 'codium'];

/**
 * The program of an installed desktop VS Code that is new enough, where a window can be shown; not the `code` command,
 * which hands over to it and ends at once.
 * @param {string} oldest as in `1.103.0`
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string | undefined}
 */
export function findDesktop(oldest, env = process.env, platform = process.platform) {
  const hasScreen = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  if (!hasScreen) return undefined;
  const candidates = [...onPath(env, platform), ...usualPlaces(env, platform)];
  return candidates.find((program) => existsSync(program) && isRecent(program, oldest));
}

function onPath(env, platform) {
  // In a terminal of a remote window `code` talks to that window and starts nothing.
  if (env.VSCODE_IPC_HOOK_CLI) return [];
  const names = platform === 'win32' ? commands.map((name) => `${name}.cmd`) : commands;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) =>
    names
      .map((name) => join(folder, name))
      .filter(existsSync)
      .flatMap((command) => programsFor(realpathSync(command), platform)),
  );
}

/** The `code` command lies in `bin` beside the program, in macOS inside the application. */
function programsFor(command, platform) {
  const folder = dirname(dirname(command));
  if (platform === 'darwin') {
    const contents = command.split(`${sep}Contents${sep}`)[0];
    return ['Electron', 'Code', 'Code - Insiders', 'VSCodium'].map((name) => join(contents, 'Contents/MacOS', name));
  }
  if (platform === 'win32')
    return ['Code.exe', 'Code - Insiders.exe', 'VSCodium.exe'].map((name) => join(folder, name));
  return commands.map((name) => join(folder, name));
}

function usualPlaces(env, platform) {
  if (platform === 'darwin') {
    const folders = ['/Applications', join(env.HOME ?? '', 'Applications')];
    return folders.flatMap((folder) => programsFor(join(folder, 'Visual Studio Code.app', 'Contents', 'x'), platform));
  }
  if (platform === 'win32') {
    const folders = [env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'Programs'), env.PROGRAMFILES].filter(Boolean);
    return folders.map((folder) => join(folder, 'Microsoft VS Code', 'Code.exe'));
  }
  return ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'];
}

/** Where the version cannot be read, VS Code itself will say when it is too old. */
function isRecent(program, oldest) {
  const folder = dirname(program);
  const places = [join(folder, 'resources/app'), join(dirname(folder), 'Resources/app')];
  const file = places.map((place) => join(place, 'package.json')).find(existsSync);
  if (file === undefined) return true;
  const { version } = JSON.parse(readFileSync(file, 'utf8'));
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
}
