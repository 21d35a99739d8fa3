/** The preprocessing that docs/models.md tells in Python is the app's; runs where python3 has OpenCV. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainPreprocessor } from '../../../src/core/image/slice.ts';
import { hash32 } from '../../../src/core/random.ts';
import { createReduce } from '../../../src/core/train/reduce.ts';

const ROWS = 310;
const COLUMNS = 275;
const SIZES = [64, 96, 128, 224];

const code = /```python\n(import cv2[\s\S]*?)```/.exec(readFileSync('docs/models.md', 'utf8'))![1];
const run = (python: string, script: string) => spawnSync(python, ['-'], { encoding: 'utf8', input: script });
const PYTHON = ['python3', '/usr/bin/python3'].find((one) => run(one, 'import cv2').status === 0);
if (!PYTHON) console.warn('Not run: no python3 has cv2, with which docs/models.md prepares pictures.');

test.skipIf(!PYTHON)('a picture is prepared in Python as in the app', () => {
  const values = Int16Array.from({ length: ROWS * COLUMNS }, (_, i) => (hash32(3, 0, i) >>> 20) - 1024);
  const frame = {
    index: 0,
    rows: ROWS,
    columns: COLUMNS,
    values,
    slope: 1,
    intercept: 0,
    instanceNumber: null,
  };
  const slice = plainPreprocessor(false)(frame);
  if (!(slice instanceof Uint8Array)) throw new Error('It is no picture.');
  const expected = SIZES.map((size) => {
    const reduced = new Uint8Array(size ** 2);
    createReduce(size)(slice, 0, reduced, 0);
    return [...reduced];
  });
  const { stdout, stderr } = run(
    PYTHON!,
    `${code}
import json
image = np.array(${JSON.stringify([...values])}, dtype=np.int16).reshape(${ROWS}, ${COLUMNS})
print(json.dumps([np.rint(prepare(image, size) * 255).astype(int).ravel().tolist() for size in ${JSON.stringify(SIZES)}]))
`,
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(expected);
});
