/** What the page asks of the worker that writes models for other programs. */
export type OnnxService = {
  /**
   * @param weights a safetensors file of the app
   * @returns an ONNX file of the same model
   * @throws LabError `model-unusable`, `weights-malformed` or `state-mismatch`
   */
  toOnnx(weights: Uint8Array<ArrayBuffer>): Promise<Blob>;
};
