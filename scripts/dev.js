#!/usr/bin/env node
/** `npm run dev`: Vite's development server with hot reload, with the same isolation headers. */
import { buildKernels, install, run } from './setup.js';

install();
buildKernels();
run('npx', ['vite', ...process.argv.slice(2)]);
