/** A slice drawn from its bytes. */
import { useEffect, useRef } from 'react';
import styles from './Thumbnail.module.css';

type Props = {
  /** side×side uint8 grayscale. */
  pixels: Uint8Array;
  side: number;
  /** Text alternative; empty if the text beside it says the same. */
  label: string;
};

export function Thumbnail({ pixels, side, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(toImage(pixels, side), 0, 0);
  }, [pixels, side]);

  const words = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return <canvas ref={canvas} className={styles.thumbnail} width={side} height={side} {...words} />;
}

function toImage(pixels: Uint8Array, side: number): ImageData {
  const image = new ImageData(side, side);
  const rgba = new Uint32Array(image.data.buffer);
  // Little-endian RGBA: alpha in the top byte, the gray value in the other three.
  for (let i = 0; i < rgba.length; i++) rgba[i] = 0xff000000 | (pixels[i] * 0x010101);
  return image;
}
