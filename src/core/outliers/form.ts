/**
 * A sheet with blocks of printed or written lines, tables, bars, stamps and pictures, drawn larger than the picture and made
 * smaller: scanned, or photographed askew in uneven light. No writing is imitated.
 */
import type { Canvas, Change } from '../augment/canvas.ts';
import { createCanvas } from '../augment/canvas.ts';
import type { Random } from '../random.ts';
import { addField, octaves, repeatedNoise } from './field.ts';
import { line } from './shape.ts';

/** Pixels of the sheet for one of the picture, along a side. */
const FINER = 3;
type Sheet = Pick<Canvas, 'side' | 'pixels'>;
type Box = { x: number; y: number; wide: number; tall: number };

export const form: Change = (canvas, draw) => {
  const side = canvas.side * FINER;
  const sheet: Sheet = createCanvas(side);
  const isDark = draw.uniform() < 0.1;
  const paper = isDark ? draw.between(0, 0.2) : draw.between(0.75, 1);
  const ink = isDark ? draw.between(0.7, 1) : draw.between(0, 0.35);
  sheet.pixels.fill(paper);
  const margin = side * draw.between(0.02, 0.12);
  const columns = 1 + draw.integer(draw.uniform() < 0.6 ? 1 : 3);
  const wide = (side - 2 * margin) / columns;
  const height = (side / 288) * Math.exp(draw.between(Math.log(2.2), Math.log(11)));
  const fullness = draw.between(0.3, 1.1);
  for (let column = 0; column < columns; column++)
    for (let y = margin; y < (side - margin) * Math.min(1, fullness); ) {
      const box = { x: margin + column * wide, y, wide: wide * 0.94, tall: side * draw.between(0.04, 0.3) };
      block(sheet, draw, box, { height, ink, paper });
      y += box.tall + height * draw.between(0.5, 4);
    }
  for (let stamps = draw.integer(3) - 1; stamps > 0; stamps--) stamp(sheet, draw, ink);
  if (draw.uniform() < 0.55) scanned(canvas, sheet);
  else photographed(canvas, sheet, draw);
};

type Print = { height: number; ink: number; paper: number };

function block(sheet: Sheet, draw: Random, box: Box, print: Print): void {
  const kind = draw.uniform();
  if (kind < 0.5) printed(sheet, draw, box, print);
  else if (kind < 0.6) printed(sheet, draw, box, { ...print, height: print.height * draw.between(1.5, 4) });
  else if (kind < 0.72) written(sheet, draw, box, print);
  else if (kind < 0.84) table(sheet, draw, box, print);
  else if (kind < 0.9) bars(sheet, draw, box, print);
  else picture(sheet, draw, box);
}

/** Words of signs; a sign is up to three strokes in its box. */
function printed(sheet: Sheet, draw: Random, { x, y, wide, tall }: Box, { height, ink }: Print): void {
  const spacing = height * draw.between(1.3, 2.4);
  const weight = Math.max(1, height * draw.between(0.1, 0.25));
  const indent = draw.uniform() < 0.25 ? wide * draw.between(0.1, 0.4) : 0;
  for (let top = y; top + height < y + tall; top += spacing) {
    const end = x + wide * (draw.uniform() < 0.25 ? draw.between(0.2, 1) : 1);
    let letters = 1 + draw.integer(9);
    for (let left = x + indent; left + height < end; left += height * 0.62) {
      if (letters-- === 0) {
        letters = 1 + draw.integer(9);
        continue;
      }
      const place = () => ({
        x: left + height * 0.25 * draw.integer(3),
        y: top + (height * (1 + draw.integer(3))) / 3,
      });
      for (let strokes = 2 + draw.integer(2); strokes > 0; strokes--)
        line(sheet, place(), place(), weight, ink);
    }
  }
}

/** Loops along a line, as a pen leaves them. */
function written(sheet: Sheet, draw: Random, { x, y, wide, tall }: Box, { height, ink }: Print): void {
  const size = height * draw.between(1, 2.5);
  const slant = draw.between(-0.2, 0.7);
  const weight = Math.max(1, size * draw.between(0.06, 0.15));
  for (let base = y + size; base < y + tall; base += size * draw.between(1.5, 2.5)) {
    let phase = 0;
    let from = { x, y: base };
    const end = x + wide * draw.between(0.3, 1);
    for (let along = x; along < end; ) {
      const tallness = size * draw.between(0.2, draw.uniform() < 0.2 ? 1.1 : 0.5);
      const loop = draw.between(0.1, 0.5) * size;
      const isGap = draw.uniform() < 0.12;
      for (let step = 0; step < 6; step++) {
        phase += Math.PI / 3;
        const rise = tallness * Math.max(-0.4, Math.sin(phase));
        const to = { x: along + loop * Math.cos(phase) + slant * rise, y: base - rise };
        if (!isGap) line(sheet, from, to, weight, ink);
        from = to;
        along += size * 0.09;
      }
    }
  }
}

function table(sheet: Sheet, draw: Random, box: Box, print: Print): void {
  const [rows, columns] = [2 + draw.integer(8), 1 + draw.integer(6)];
  const weight = draw.uniform() < 0.7 ? 1 : 2;
  const { x, y, wide, tall } = box;
  const height = Math.min(print.height, (0.6 * tall) / rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (draw.uniform() < 0.75)
        printed(
          sheet,
          draw,
          {
            x: x + ((column + 0.06) * wide) / columns,
            y: y + ((row + 0.2) * tall) / rows,
            wide: (draw.between(0.3, 0.9) * wide) / columns,
            tall: height * 1.2,
          },
          { ...print, height },
        );
  for (let row = 0; row <= rows; row++)
    line(
      sheet,
      { x, y: y + (row * tall) / rows },
      { x: x + wide, y: y + (row * tall) / rows },
      weight,
      print.ink,
    );
  for (let column = 0; column <= columns; column++) {
    const at = x + (column * wide) / columns;
    line(sheet, { x: at, y }, { x: at, y: y + tall }, weight, print.ink);
  }
}

/** Upright bars of several widths, or a square of dots. */
function bars({ side, pixels }: Sheet, draw: Random, { x, y, wide, tall }: Box, { ink, paper }: Print): void {
  const isSquare = draw.uniform() < 0.4;
  const width = isSquare ? Math.min(wide, tall) : wide * draw.between(0.3, 1);
  const cell = isSquare ? width / (12 + draw.integer(14)) : (side / 288) * draw.between(1, 3);
  const left = x + draw.uniform() * (wide - width);
  for (let u = 0; u < width; u += cell)
    for (let v = 0; v < (isSquare ? width : cell); v += cell) {
      const level = draw.uniform() < 0.5 ? ink : paper;
      const bottom = isSquare ? y + v + cell : y + tall * 0.6;
      for (let py = Math.floor(y + v); py < Math.min(side, bottom); py++)
        for (let px = Math.floor(left + u); px < Math.min(side, left + u + cell); px++)
          pixels[py * side + px] = level;
    }
}

function picture({ side, pixels }: Sheet, draw: Random, { x, y, wide, tall }: Box): void {
  const width = wide * draw.between(0.3, 1);
  const noise = repeatedNoise(draw);
  const level = draw.uniform();
  const contrast = draw.uniform() < 0.7 ? draw.between(0.2, 1) : 0;
  for (let py = Math.floor(y); py < Math.min(side, y + tall); py++)
    for (let px = Math.floor(x); px < Math.min(side, x + width); px++)
      pixels[py * side + px] =
        level + contrast * octaves(noise, (px * 12) / side, (py * 12) / side, { count: 4, decay: 0.7 });
}

/** Rings with signs around them, or a box, turned. */
function stamp(sheet: Sheet, draw: Random, ink: number): void {
  const { side } = sheet;
  const centre = { x: draw.between(0.15, 0.85) * side, y: draw.between(0.15, 0.9) * side };
  const radius = side * draw.between(0.04, 0.14);
  const weight = 1 + draw.integer(3);
  const pieces = draw.uniform() < 0.7 ? 24 : 4;
  const turn = draw.between(0, Math.PI);
  const at = (i: number, share: number) => ({
    x: centre.x + share * radius * Math.cos((2 * Math.PI * i) / pieces + turn),
    y: centre.y + share * radius * Math.sin((2 * Math.PI * i) / pieces + turn),
  });
  const level = ink + draw.between(0, 0.4);
  for (let i = 0; i < pieces; i++) {
    line(sheet, at(i, 1), at(i + 1, 1), weight, level);
    if (pieces > 4) line(sheet, at(i, 0.75), at(i + draw.between(-0.6, 0.6), 0.92), weight, level);
  }
  for (let row = -1; row <= 1; row++)
    line(
      sheet,
      { x: centre.x - radius / 2, y: centre.y + row * radius * 0.25 },
      { x: centre.x + radius / 2, y: centre.y + row * radius * 0.25 },
      weight,
      level,
    );
}

function scanned({ side, pixels }: Canvas, sheet: Sheet): void {
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let dy = 0; dy < FINER; dy++)
        for (let dx = 0; dx < FINER; dx++)
          sum += sheet.pixels[(y * FINER + dy) * sheet.side + x * FINER + dx];
      pixels[y * side + x] = sum / FINER ** 2;
    }
}

/** On a table, from aside, with the shadow of a hand or of the window. */
function photographed(canvas: Canvas, sheet: Sheet, draw: Random): void {
  const { side, pixels } = canvas;
  pixels.fill(draw.between(0, 0.7));
  addField(canvas, draw, { coarsest: 2, finest: side, decay: draw.between(0.3, 0.8) });
  const shade = repeatedNoise(draw);
  const dim = draw.between(0, 0.7);
  const [turn, size] = [draw.between(-0.5, 0.5), draw.between(0.75, 1.5)];
  const [cos, sin] = [Math.cos(turn) / size, Math.sin(turn) / size];
  const [tiltX, tiltY] = [draw.between(-0.5, 0.5), draw.between(-0.5, 0.5)];
  const [cx, cy] = [draw.between(0.35, 0.65), draw.between(0.35, 0.65)];
  // Four samples a pixel.
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0;
      let seen = 0;
      for (let k = 0; k < 4; k++) {
        const [u, v] = [(x + (k & 1) / 2) / side - cx, (y + (k >> 1) / 2) / side - cy];
        const w = 1 + tiltX * u + tiltY * v;
        const px = Math.floor((0.5 + (u * cos + v * sin) / w) * sheet.side);
        const py = Math.floor((0.5 + (v * cos - u * sin) / w) * sheet.side);
        if (px < 0 || py < 0 || px >= sheet.side || py >= sheet.side) continue;
        sum += sheet.pixels[py * sheet.side + px];
        seen++;
      }
      const at = y * side + x;
      pixels[at] = sum / 4 + pixels[at] * (1 - seen / 4);
      pixels[at] *= 1 - dim * (0.5 + shade((2 * x) / side, (2 * y) / side));
    }
}
