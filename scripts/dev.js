#!/usr/bin/env node
/** `npm run dev`: Vite's development server with hot reload, under the same isolation headers. */
import { install, run } from './setup.js';

install();
if (!run('npm', ['run', '--silent', 'build:wasm'])) process.exit(1);
run('npx', ['vite', ...process.argv.slice(2)]);
