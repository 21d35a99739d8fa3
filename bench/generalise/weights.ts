/** How often each slice is drawn: classes equally often, datasets within a class by a power of their size. Pure. */

/** Sums to `draws`. */
export function drawWeights({
  label,
  dataset,
  draws,
  power,
}: {
  label: Uint8Array;
  dataset: Uint16Array;
  draws: number;
  power: number;
}): Float64Array {
  const cellOf = (i: number) => label[i] * 65536 + dataset[i];
  const sizes = new Map<number, number>();
  for (let i = 0; i < label.length; i++) sizes.set(cellOf(i), (sizes.get(cellOf(i)) ?? 0) + 1);
  const shares = new Map<number, number>();
  for (const [cell, size] of sizes) {
    const own = Math.floor(cell / 65536);
    shares.set(own, (shares.get(own) ?? 0) + size ** power);
  }
  return Float64Array.from(label, (own, i) => {
    const size = sizes.get(cellOf(i))!;
    return (draws / shares.size / shares.get(own)!) * (size ** power / size);
  });
}
