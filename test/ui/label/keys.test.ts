/** The keys of the Label page: what each does, on any keyboard, and that no class's key is taken by a command. */
import { describe, expect, test } from 'vitest';
import { proposedKey } from '../../../src/core/labels/colours.ts';
import { labelCommand } from '../../../src/ui/label/keys.ts';

const CLASSES = [
  { id: 'ct', key: '1' },
  { id: 'abdomen', key: 'a' },
  { id: 'nameless', key: '' },
];

type Pressed = Partial<Pick<KeyboardEvent, 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>>;

const press = (key: string, more: Pressed = {}) =>
  labelCommand(
    { key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more },
    CLASSES,
  );

describe('labels', () => {
  test.each<[string, Pressed, unknown]>([
    ['1', { code: 'Digit1' }, { do: 'label', to: 'ct', slice: false }],
    ['1', { code: 'Numpad1' }, { do: 'label', to: 'ct', slice: false }],
    ['!', { code: 'Digit1', shiftKey: true }, { do: 'label', to: 'ct', slice: true }],
    ['&', { code: 'Digit1' }, { do: 'label', to: 'ct', slice: false }],
    ['a', { code: 'KeyQ' }, { do: 'label', to: 'abdomen', slice: false }],
    ['A', { code: 'KeyA', shiftKey: true }, { do: 'label', to: 'abdomen', slice: true }],
    ['0', { code: 'Digit0' }, { do: 'clear', slice: false }],
    ['x', { code: 'KeyX' }, { do: 'exclude', slice: false }],
    ['X', { code: 'KeyX', shiftKey: true }, { do: 'exclude', slice: true }],
  ])('%s with %j', (key, more, command) => {
    expect(press(key, more)).toEqual(command);
  });

  test('a digit without a class does nothing', () => {
    expect(press('7', { code: 'Digit7' })).toBeNull();
  });
});

test.each<[string, Pressed, unknown]>([
  ['u', {}, { do: 'undo' }],
  ['r', {}, { do: 'redo' }],
  ['z', { ctrlKey: true }, { do: 'undo' }],
  ['Z', { ctrlKey: true, shiftKey: true }, { do: 'redo' }],
  ['z', { metaKey: true }, { do: 'undo' }],
  ['y', { ctrlKey: true }, { do: 'redo' }],
  ['a', { ctrlKey: true }, { do: 'all' }],
  ['ArrowRight', {}, { do: 'move', by: 1, extend: false }],
  ['ArrowLeft', { shiftKey: true }, { do: 'move', by: -1, extend: true }],
  ['PageDown', {}, { do: 'row', by: 1, extend: false }],
  ['End', { shiftKey: true }, { do: 'end', to: 'last', extend: true }],
  ['ArrowUp', {}, { do: 'slice', by: -1 }],
  [' ', {}, { do: 'play' }],
  ['/', {}, { do: 'search' }],
  ['/', { shiftKey: true, code: 'Digit7' }, { do: 'search' }],
  ['f', {}, { do: 'filters' }],
  ['g', {}, { do: 'view' }],
  ['Enter', {}, { do: 'open' }],
  ['Escape', {}, { do: 'close' }],
])('%s with %j is a command', (key, more, command) => {
  expect(press(key, more)).toEqual(command);
});

test.each(['?', 'Tab', 'q', 'Shift'])('%s is left to others', (key) => {
  expect(press(key)).toBeNull();
});

test('keys with Ctrl or Alt that are not ours stay the browser’s', () => {
  expect(press('1', { ctrlKey: true, code: 'Digit1' })).toBeNull();
  expect(press('r', { ctrlKey: true })).toBeNull();
  expect(press('ArrowLeft', { altKey: true })).toBeNull();
});

test('no key that is proposed for a class is a command', () => {
  const taken: string[] = [];
  for (let key = proposedKey(taken); key !== ''; key = proposedKey(taken)) {
    taken.push(key);
    expect(
      labelCommand({ key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }, []),
    ).toBeNull();
  }
});
