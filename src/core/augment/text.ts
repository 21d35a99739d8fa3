/** Lines of signs that are burned into the corners, as consoles and captures leave them. */
import type { Change } from './canvas.ts';

const SIGN_WIDTH = 3;
const SIGN_HEIGHT = 5;
const MOST_LINES = 4;
const MOST_SIGNS = 8;

/** Signs are of random dots: no writing is imitated. */
export const text: Change = ({ side, pixels }, draw) => {
  const scale = Math.max(1, Math.round((side / 128) * draw.between(0.6, 1.6)));
  const level = draw.uniform() < 0.85 ? 1 : 0;
  const atRight = draw.uniform() < 0.5;
  const atBottom = draw.uniform() < 0.5;
  const lines = 1 + draw.integer(MOST_LINES);
  const paint = (x: number, y: number) => {
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < scale; dx++) {
        const [column, row] = [x + dx, y + dy];
        if (column >= 0 && row >= 0 && column < side && row < side) pixels[row * side + column] = level;
      }
  };
  const lineHeight = (SIGN_HEIGHT + 1) * scale;
  const signWidth = (SIGN_WIDTH + 1) * scale;
  for (let line = 0; line < lines; line++) {
    const signs = 1 + draw.integer(MOST_SIGNS);
    const left = atRight ? side - signs * signWidth - scale : scale;
    const top = atBottom ? side - (line + 1) * lineHeight : scale + line * lineHeight;
    for (let sign = 0; sign < signs; sign++)
      for (let dot = 0; dot < SIGN_WIDTH * SIGN_HEIGHT; dot++)
        if (draw.uniform() < 0.5)
          paint(
            left + sign * signWidth + (dot % SIGN_WIDTH) * scale,
            top + Math.floor(dot / SIGN_WIDTH) * scale,
          );
  }
};
