/** Loops of the simulation in vectors. */
export { transform, transpose } from './fourier';
export { backproject, project } from './projections';
