/** The slowest loops of the simulation. */
export { transform, transpose } from './fourier';
export { paint } from './painting';
export { backproject, project } from './projections';
export { follow } from './rays';
export { textures } from './textures';
export { tubes } from './tubes';
export { weigh } from './weights';
