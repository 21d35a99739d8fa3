/** The only import of tfjs: a second import of the package would lose its gradients. */
import { enableProdMode } from '@tensorflow/tfjs';

export * from '@tensorflow/tfjs';

// Turn off tfjs's advice on the console; every device's kernels are tested against the reference instead.
enableProdMode();
