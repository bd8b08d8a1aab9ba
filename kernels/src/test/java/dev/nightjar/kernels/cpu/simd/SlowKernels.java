package dev.nightjar.kernels.cpu.simd;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Kernels with the faults that the checks have to find. */
final class SlowKernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SIZE = 1 << 14;

    private final float[] values = Fixtures.uniform(SIZE, 1);
    private final float[] out = new float[SIZE];

    /** A vector in a field is an object. */
    private FloatVector kept = FloatVector.zero(SPECIES);

    private SlowKernels() {}

    static List<KernelWorkout.Case> cases() {
        SlowKernels slow = new SlowKernels();
        return List.of(
                new KernelWorkout.Case("boxing", slow::boxing),
                new KernelWorkout.Case("oversized", slow::oversized));
    }

    private void boxing() {
        for (int i = 0; i < SIZE; i += SPECIES.length()) {
            kept = kept.add(FloatVector.fromArray(SPECIES, values, i));
        }
    }

    /** More helpers than the compiler is willing to inline into one method. */
    private void oversized() {
        int last = SIZE - 256 * SPECIES.length();
        for (int i = 0; i < last; i += SPECIES.length()) {
            FloatVector sum = FloatVector.zero(SPECIES);
            sum = sixtyFour(i, sum);
            sum = sixtyFour(i + 64 * SPECIES.length(), sum);
            sum = sixtyFour(i + 128 * SPECIES.length(), sum);
            sum = sixtyFour(i + 192 * SPECIES.length(), sum);
            sum.intoArray(out, i);
        }
    }

    private FloatVector sixtyFour(int i, FloatVector sum) {
        FloatVector next = sixteen(i, sum);
        next = sixteen(i + 16 * SPECIES.length(), next);
        next = sixteen(i + 32 * SPECIES.length(), next);
        return sixteen(i + 48 * SPECIES.length(), next);
    }

    private FloatVector sixteen(int i, FloatVector sum) {
        FloatVector next = four(i, sum);
        next = four(i + 4 * SPECIES.length(), next);
        next = four(i + 8 * SPECIES.length(), next);
        return four(i + 12 * SPECIES.length(), next);
    }

    private FloatVector four(int i, FloatVector sum) {
        FloatVector next = one(i, sum);
        next = one(i + SPECIES.length(), next);
        next = one(i + 2 * SPECIES.length(), next);
        return one(i + 3 * SPECIES.length(), next);
    }

    private FloatVector one(int i, FloatVector sum) {
        FloatVector x = FloatVector.fromArray(SPECIES, values, i);
        return x.fma(x, sum.mul(0.5f)).sub(x.abs());
    }
}
