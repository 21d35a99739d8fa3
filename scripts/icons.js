#!/usr/bin/env node
/** `node scripts/icons.js`: draws the app's icon as SVG and PNG into public/icons, from one table of shapes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { ROOT } from './setup.js';

/** Units of a side; a shape is a rectangle with rounded corners, so that a circle is one, too. */
const SIDE = 64;
const GROUND = '#14181e';
/** The colours of CT, MR, XR and PT. @type {readonly { x: number, y: number, side: number, round: number, colour: string }[]} */
const SHAPES = [
  { x: 14, y: 14, side: 18, round: 9, colour: '#56b4e9' },
  { x: 34, y: 14, side: 18, round: 4, colour: '#e69f00' },
  { x: 14, y: 34, side: 18, round: 4, colour: '#009e73' },
  { x: 34, y: 34, side: 18, round: 9, colour: '#cc79a7' },
];
/** Of the ground: a system that cuts icons to its own form gets one without corners of its own (`maskable`). */
const ROUND = 14;
/** Samples of a pixel along one side. */
const SAMPLES = 4;

const FILES = /** @type {const} */ ([
  ['icon-192.png', 192, ROUND],
  ['icon-512.png', 512, ROUND],
  ['icon-full.png', 512, 0],
]);

const folder = join(ROOT, 'public', 'icons');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'icon.svg'), svg());
for (const [name, pixels, round] of FILES) writeFileSync(join(folder, name), png(pixels, round));

function svg() {
  const shapes = SHAPES.map(({ x, y, side, round, colour }) =>
    round * 2 === side
      ? `<circle cx="${x + round}" cy="${y + round}" r="${round}" fill="${colour}"/>`
      : `<rect x="${x}" y="${y}" width="${side}" height="${side}" rx="${round}" fill="${colour}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">`,
    '  <title>Modality Lab</title>',
    `  <rect width="${SIDE}" height="${SIDE}" rx="${ROUND}" fill="${GROUND}"/>`,
    ...shapes.map((shape) => `  ${shape}`),
    '</svg>\n',
  ].join('\n');
}

/** @param {number} pixels of a side @param {number} round corners of the ground */
function png(pixels, round) {
  const all = [{ x: 0, y: 0, side: SIDE, round, colour: GROUND }, ...SHAPES];
  const data = new Uint8Array(pixels * pixels * 4);
  const step = SIDE / pixels / SAMPLES;
  for (let at = 0; at < pixels * pixels; at++) {
    const [left, top] = [(at % pixels) * SAMPLES, Math.floor(at / pixels) * SAMPLES];
    const sum = [0, 0, 0, 0];
    for (let i = 0; i < SAMPLES * SAMPLES; i++) {
      const [x, y] = [(left + (i % SAMPLES) + 0.5) * step, (top + Math.floor(i / SAMPLES) + 0.5) * step];
      const shape = all.findLast((one) => isInside(one, x, y));
      if (!shape) continue;
      for (let c = 0; c < 3; c++) sum[c] += Number.parseInt(shape.colour.slice(1 + 2 * c, 3 + 2 * c), 16);
      sum[3]++;
    }
    // The colour is the mean of the covered samples, how many they are the opacity.
    for (let c = 0; c < 3; c++) data[4 * at + c] = sum[3] ? Math.round(sum[c] / sum[3]) : 0;
    data[4 * at + 3] = Math.round((255 * sum[3]) / SAMPLES ** 2);
  }
  return encode({ width: pixels, height: pixels, data, channels: 4, depth: 8 });
}

/** @param {{ x: number, y: number, side: number, round: number }} shape @param {number} x @param {number} y */
function isInside(shape, x, y) {
  const half = shape.side / 2;
  const [dx, dy] = [Math.abs(x - shape.x - half), Math.abs(y - shape.y - half)];
  if (dx > half || dy > half) return false;
  const inner = half - shape.round;
  return dx <= inner || dy <= inner || Math.hypot(dx - inner, dy - inner) <= shape.round;
}
