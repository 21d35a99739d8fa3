/** The one door to tfjs: importing the package a second time would lose its gradients. */
import { enableProdMode } from '@tensorflow/tfjs';

export * from '@tensorflow/tfjs';

// No advice on the console; every device's kernels are tested against the reference instead.
enableProdMode();
