/** The vertebral column with discs, spinal canal, spinal cord and the attachments of its muscles. */
import { fill, type Paint, unprojected } from '../paint.ts';
import { place } from '../shape/combine.ts';
import { drum } from '../shape/ellipsoid.ts';
import { flat, segment, tube } from '../shape/segment.ts';
import { type Shape, unit, vec } from '../shape/shape.ts';
import { vertebra } from '../shape/vertebra.ts';
import type { Solid, Vec3 } from '../volume.ts';
import { bone, solid } from './bone.ts';

export type Spine = {
  patientAge: number;
  vertebrae: readonly { name: string; z: number; height: number }[];
  y(z: number): number;
  lean(z: number): number;
};

/** Half-width, half-depth of the body, length of transverse and spinous process, drop of the spinous process, mm. */
function sizes(name: string, height: number): readonly [number, number, number, number, number] {
  const n = Number(name.slice(1));
  if (name[0] === 'L') return [21 + n * 0.9, 16.5, 40 - Math.abs(3 - n) * 2, 28, 8];
  if (name[0] === 'T') return [12.5 + n * 0.55, 10 + n * 0.5, 33 - n * 1.1, 17 + n * 0.4, n < 10 ? 20 : 12];
  return [9 + height * 0.12, 8, 21, n === 7 ? 23 : 18, 7];
}

export function spine(one: Spine): Paint[] {
  const { discs, shells } = vertebral(one);
  return [...discs, ...bone(shells, SHELL), ...canal(one.vertebrae, one.y)];
}

/** The same for radiographs, which trace rays through the bones. */
export function spineFollowed(one: Spine): { paints: Paint[]; solids: Solid[] } {
  const { discs, shells, solids } = vertebral(one);
  return {
    paints: [...discs, ...unprojected(bone(shells, SHELL)), ...canal(one.vertebrae, one.y)],
    solids,
  };
}

const SHELL = 1.1;

function vertebral({ vertebrae, y, lean, patientAge }: Spine): {
  discs: Paint[];
  shells: Shape[];
  solids: Solid[];
} {
  const shells: Shape[] = [];
  const solids: Solid[] = [];
  const discs: Paint[] = [];
  const old = Math.max(0, patientAge - 50);
  for (const { name, z, height } of vertebrae) {
    const up = unit(vec(0, lean(z), 1));
    const axes = [vec(1, 0, 0), vec(0, up[2], -up[1]), up] as const;
    const put = (shape: Shape) => place(shape, [0, y(z), z], axes);
    const [w, d, across, back, drop] = sizes(name, height);
    const disc = (name[0] === 'L' ? 9 : name[0] === 'T' ? 4.5 : 5) * (1 - old * 0.006);
    const h = (height - disc) / 2;
    discs.push(fill(put(drum([0, 0, height / 2], [w, d, disc / 2 + 3])), 'cartilage'));
    discs.push(fill(put(drum([0, d * 0.1, height / 2], [w * 0.6, d * 0.6, disc / 2])), 'nucleus'));
    const first = shells.length + 1;
    shells.push(put(vertebra(w, d, h)));
    const within = name[0] === 'C' ? 'muscle' : 'fat';
    // The end plates are thicker than the sides.
    solids.push(solid(put(vertebra(w, d, h)), 0.9, { along: up, instead: within, detail: 2 }));
    // Behind the body: pedicles, laminae, facet joints, transverse and spinous processes.
    const canal = name[0] === 'C' ? 8.5 : 8;
    const rear = d + canal * 2 - 1;
    for (const side of [-1, 1]) {
      const p = side * (canal + 3.5);
      const thick = name[0] === 'L' ? 5 : 3.8;
      shells.push(
        put(segment([p * 0.9, d - 3, h * 0.35], [p, d + canal * 1.3, h * 0.3], thick)),
        put(
          flat(
            [p, d + canal * 1.4, 0],
            [0, rear + 3, -h * 0.5],
            vec(0, 0.3, 1),
            [h * 0.75, h * 0.7],
            [3.2, 3.2],
          ),
        ),
        put(segment([p * 1.15, d + canal * 1.4, -h * 1.1], [p * 1.15, d + canal * 1.25, h * 1.1], thick)),
        put(
          segment(
            [p * 1.1, d + canal * 1.3, 0],
            [side * across, d + canal * (name[0] === 'T' ? 2 : 1.5), name[0] === 'C' ? -4 : 2],
            thick,
            3,
          ),
        ),
      );
    }
    shells.push(
      put(
        flat(
          [0, rear + 2, -h * 0.4],
          [0, rear + back, -h * 0.4 - drop],
          vec(0, 0, 1),
          [h * 0.6, h * 0.7],
          [3, 3.6],
        ),
      ),
    );
    solids.push(...shells.slice(first).map((shape) => solid(shape, 0.8, { along: up })));
  }
  return { discs, shells, solids };
}

/** Epidural fat, dural sac, spinal cord (to L1) with its grey matter, and the nerve roots below the cord. */
function canal(vertebrae: Spine['vertebrae'], y: Spine['y']): Paint[] {
  const depth = (z: number, name: string) =>
    y(z) + (name[0] === 'L' ? 16.5 + 8.5 : name[0] === 'T' ? 13.5 + 8.5 : 8 + 9);
  const points = vertebrae.flatMap(({ name, z, height }): [string, Vec3][] =>
    [-0.25, 0.25].map((t) => [name, [0, depth(z + t * height, name), z + t * height]]),
  );
  if (vertebrae[0].name === 'L5') points.unshift(['S', [0, y(-40) + 24, -40]]);
  const pieces = (list: typeof points, radius: number, tissue: Parameters<typeof fill>[1]) =>
    tube(
      list.map(([, p]) => p),
      () => radius,
    ).map((shape) => fill(shape, tissue));
  const cord = points.filter(([name]) => name[0] === 'C' || name[0] === 'T' || name === 'L1');
  const roots = points.filter(([name]) => name[0] === 'L' || name === 'S');
  const strands =
    roots.length > 1
      ? [-3.5, -1.5, 1.5, 3.5].map((x) => roots.map(([n, p]): [string, Vec3] => [n, [x, p[1] + 2, p[2]]]))
      : [];
  return [
    ...pieces(points, 8.3, 'fat'),
    ...pieces(points, 7.3, 'csf'),
    ...strands.flatMap((list) => pieces(list, 1.1, 'whiteMatter')),
    ...(cord.length > 1 ? [...pieces(cord, 4.8, 'whiteMatter'), ...pieces(cord, 2, 'greyMatter')] : []),
  ];
}
