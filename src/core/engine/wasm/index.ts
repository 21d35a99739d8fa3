/** The module: every exported function but those of control.ts is a kernel, `(thread: i32) => void`. */
export { done, finish, next, start } from './control';
export { convGather } from './conv';
export { convFilter } from './convfilter';
export { linearGradient, linearProduct } from './linear';
export { normApply, normStatistics, normSums } from './norm';
export { normGradientApply, normGradientStatistics, normGradientSums } from './normgradient';
export { tilePeak } from './peak';
export { add, dropout, inputImages, runningStatistics, sgd } from './pointwise';
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient, padImages } from './pool';
export { winogradInput, winogradMultiply } from './winograd';
export { winogradFilter, winogradGradient } from './winogradfilter';
