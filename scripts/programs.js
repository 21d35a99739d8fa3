/**
 * The programs that scripts start. They start without a shell, because a shell's quoting breaks paths with spaces. npm
 * and the commands of packages are JavaScript and run in this Node: on Windows, their own starters (.cmd) need a shell.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * @param {string} command a program, `npm`, or `npx` for a command of an installed package
 * @param {string[]} args
 * @param {string} root of the project
 * @returns {[string, string[]]}
 */
export function programOf(command, args, root) {
  if (command === 'npm') {
    const script = npmScript(process.env.npm_execpath, process.execPath);
    return script ? [process.execPath, [script, ...args]] : ['npm', args];
  }
  if (command === 'npx') return [process.execPath, [binOf(args[0], root), ...args.slice(1)]];
  return [command, args];
}

/**
 * npm's own script: the one that started this process, or the one beside Node; null if both are missing.
 * @param {string | undefined} started npm_execpath of the starting program, which may be another package manager
 * @param {string} node
 */
export function npmScript(started, node) {
  if (started && basename(started) === 'npm-cli.js' && existsSync(started)) return started;
  const beside = ['node_modules', '../lib/node_modules', '../share/nodejs'];
  const paths = beside.map((folder) => join(dirname(node), folder, 'npm/bin/npm-cli.js'));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** The script of the command with the package's name. @param {string} name @param {string} root */
export function binOf(name, root) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}
