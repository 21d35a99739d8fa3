/** The codec packages come without types: each is a CommonJS module whose export is an Emscripten factory. */

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: import('./wasm.ts').RuntimeFactory;
  export = factory;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: import('./wasm.ts').RuntimeFactory;
  export = factory;
}
