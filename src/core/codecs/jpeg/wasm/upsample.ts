/** Upsamples rows of a component to the image's width as libjpeg does ("fancy" where it does). */
import { Component, frame } from './layout';

/** The address of the image's row `y`: in the component's plane, or upsampled into its line. */
export function fullRow<T>(one: Component, y: i32): usize {
  const hMost = frame.hMost;
  const vMost = frame.vMost;
  const wide = one.h < hMost;
  const double = one.h * 2 === hMost;
  const tall = one.v * 2 === vMost;
  if (one.v === vMost && !wide) return rowAt<T>(one, y);
  // libjpeg interpolates between two columns only where there is a third.
  if (tall && !wide) mixRows<T>(one, y);
  else if (double && one.columns > 2 && one.v === vMost) mixColumns<T>(one, y);
  else if (double && one.columns > 2 && tall) mixBoth<T>(one, y);
  else repeat<T>(one, y);
  return one.line;
}

function rowAt<T>(one: Component, y: i32): usize {
  return one.plane + <usize>y * ((<usize>one.allAcross) << 3) * sizeof<T>();
}

/** The neighbour of a half-height row, above or below, inside the image. */
function beside<T>(one: Component, y: i32): usize {
  const other = (y >> 1) + ((y & 1) === 0 ? -1 : 1);
  return rowAt<T>(one, min(max(other, 0), one.rows - 1));
}

function sample<T>(row: usize, x: i32): i32 {
  return <i32>load<T>(row + <usize>x * sizeof<T>());
}

function put<T>(row: usize, x: i32, value: i32): void {
  store<T>(row + <usize>x * sizeof<T>(), <T>value);
}

function mixRows<T>(one: Component, y: i32): void {
  const near = rowAt<T>(one, y >> 1);
  const far = beside<T>(one, y);
  const round = 1 + (y & 1);
  for (let x = 0; x < one.columns; x++) {
    put<T>(one.line, x, (sample<T>(near, x) * 3 + sample<T>(far, x) + round) >> 2);
  }
}

function mixColumns<T>(one: Component, y: i32): void {
  const row = rowAt<T>(one, y);
  const last = one.columns - 1;
  for (let x = 0; x <= last; x++) {
    const value = sample<T>(row, x);
    put<T>(one.line, 2 * x, x === 0 ? value : (value * 3 + sample<T>(row, x - 1) + 1) >> 2);
    put<T>(one.line, 2 * x + 1, x === last ? value : (value * 3 + sample<T>(row, x + 1) + 2) >> 2);
  }
}

function mixBoth<T>(one: Component, y: i32): void {
  const near = rowAt<T>(one, y >> 1);
  const far = beside<T>(one, y);
  const last = one.columns - 1;
  let left: i32 = 0;
  let value = sample<T>(near, 0) * 3 + sample<T>(far, 0);
  for (let x = 0; x <= last; x++) {
    const right = x === last ? 0 : sample<T>(near, x + 1) * 3 + sample<T>(far, x + 1);
    put<T>(one.line, 2 * x, x === 0 ? (value * 4 + 8) >> 4 : (value * 3 + left + 8) >> 4);
    put<T>(one.line, 2 * x + 1, x === last ? (value * 4 + 7) >> 4 : (value * 3 + right + 7) >> 4);
    left = value;
    value = right;
  }
}

function repeat<T>(one: Component, y: i32): void {
  const row = rowAt<T>(one, (y * one.v) / frame.vMost);
  for (let x = 0; x < frame.columns; x++) put<T>(one.line, x, sample<T>(row, (x * one.h) / frame.hMost));
}
