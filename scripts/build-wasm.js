#!/usr/bin/env node
/** Compiles the simd kernels from AssemblyScript. Placeholder until the engine lands. */
