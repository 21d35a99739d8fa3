/** Converts the colours of a row in libjpeg's fixed point; CMYK as OpenCV does. */
import { CMYK, component, frame, GRAY, RGB, YCC, YCCK } from './layout';
import { fullRow } from './upsample';

/** The colour space of the components by libjpeg's rules: from markers and component ids, not from pixels. */
export function guessSpace(): i32 {
  if (frame.components === 1) return GRAY;
  if (frame.components === 4) return frame.sawAdobe && frame.transform !== 0 ? YCCK : CMYK;
  if (frame.sawJfif) return YCC;
  if (frame.sawAdobe) return frame.transform === 0 ? RGB : YCC;
  if (frame.assumesRgb) return RGB;
  const lettered = component(0).id === 0x52 && component(1).id === 0x47 && component(2).id === 0x42;
  return lettered ? RGB : YCC;
}

/** Writes interleaved red, green and blue, or their luminance, for every row. */
export function writeColors<T>(to: usize): void {
  const step = <usize>frame.columns * (frame.gray ? 1 : 3) * sizeof<T>();
  for (let y = 0; y < frame.rows; y++, to += step) {
    const first = fullRow<T>(component(0), y);
    if (frame.space === GRAY || (frame.space === YCC && frame.gray)) {
      memory.copy(to, first, <usize>frame.columns * sizeof<T>());
      continue;
    }
    const second = fullRow<T>(component(1), y);
    const third = fullRow<T>(component(2), y);
    const fourth = frame.components === 4 ? fullRow<T>(component(3), y) : 0;
    writeRow<T>(to, first, second, third, fourth);
  }
}

function writeRow<T>(to: usize, first: usize, second: usize, third: usize, fourth: usize): void {
  const most = (1 << frame.precision) - 1;
  const middle = 1 << (frame.precision - 1);
  const isYcc = frame.space === YCC || frame.space === YCCK;
  for (let x = 0; x < frame.columns; x++) {
    const at = <usize>x * sizeof<T>();
    let red = <i32>load<T>(first + at);
    let green = <i32>load<T>(second + at);
    let blue = <i32>load<T>(third + at);
    if (isYcc) {
      const luminance = red;
      const cb = green - middle;
      const cr = blue - middle;
      red = min(max(luminance + ((91881 * cr + 32768) >> 16), 0), most);
      green = min(max(luminance + ((-22554 * cb - 46802 * cr + 32768) >> 16), 0), most);
      blue = min(max(luminance + ((116130 * cb + 32768) >> 16), 0), most);
    }
    if (fourth) {
      const key = <i32>load<T>(fourth + at);
      if (isYcc) {
        red = most - red;
        green = most - green;
        blue = most - blue;
      }
      // All four components are assumed to be inverted, as Adobe writes them.
      red = key - (((most - red) * key) >> frame.precision);
      green = key - (((most - green) * key) >> frame.precision);
      blue = key - (((most - blue) * key) >> frame.precision);
    }
    if (frame.gray) {
      const sum = fourth
        ? (red * 4899 + green * 9617 + blue * 1868 + 8192) >> 14
        : (red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16;
      store<T>(to + at, <T>sum);
    } else {
      store<T>(to + 3 * at, <T>red);
      store<T>(to + 3 * at, <T>green, sizeof<T>());
      store<T>(to + 3 * at, <T>blue, 2 * sizeof<T>());
    }
  }
}
