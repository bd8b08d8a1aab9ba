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
 */
record KernelCase(String name, double tolerance, Setup setup, int[] odd, int[] real) {

    /** Makes arguments of some sizes; the same numbers on every backend. */
    interface Setup {
        PreparedOp prepare(Inputs inputs, int[] sizes);
    }

    PreparedOp prepare(Backend backend, int[] sizes) {
        return setup.prepare(new Inputs(backend), sizes);
    }
}
