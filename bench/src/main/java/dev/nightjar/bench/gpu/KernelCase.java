package dev.nightjar.bench.gpu;

import dev.nightjar.kernels.backend.Backend;

/**
 * One op that is checked at odd sizes and timed at those of a model.
 *
 * @param name of the op and its types
 * @param tolerance largest error relative to the largest value
 * @param setup makes the op's arguments on a backend
 * @param odd sizes that no tile divides
 * @param real sizes of a model of eight billion parameters
 * @param kernels that compute it
 */
record KernelCase(
        String name, double tolerance, Setup setup, int[] odd, int[] real, Kernels kernels) {

    /** Several kernels compute the same op. */
    enum Kernels {
        /** The default: tensor cores, both factors rounded to bf16. */
        USUAL,
        /** Single precision, {@code --activations exact}. */
        EXACT,
        /** Tensor cores by wgmma, {@code -Dnightjar.cuda.wgmma=on}; capability 9.0 alone. */
        WGMMA
    }

    /** Makes arguments of some sizes; the same numbers on every backend. */
    interface Setup {
        PreparedOp prepare(Inputs inputs, int[] sizes);
    }

    /** What a peer calls the op at real sizes: its first word and the sizes. */
    String shape() {
        StringBuilder text = new StringBuilder(name.split(" ")[0]);
        for (int size : real) {
            text.append(' ').append(size);
        }
        return text.toString();
    }

    PreparedOp prepare(Backend backend, int[] sizes) {
        return setup.prepare(new Inputs(backend), sizes);
    }
}
