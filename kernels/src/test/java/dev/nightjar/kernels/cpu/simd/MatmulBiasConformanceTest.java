package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bias and a function beside a product, against one after the other. */
class MatmulBiasConformanceTest {

    @BeforeAll
    static void checkWidth() {
        Fixtures.assumeWidth();
    }

    @ParameterizedTest
    @EnumSource
    void isTheSumOfTheProductAndTheBias(WeightLayout layout) {
        try (Backend backend = new VectorBackend(2, layout, ActivationPrecision.Q8)) {
            for (DType dtype : List.of(DType.F32, DType.BF16, DType.Q8_0, DType.Q4_0, DType.Q4_K)) {
                for (int T : new int[] {1, 3, 13, 40, 254, 300}) {
                    check(backend, T, List.of(Fixtures.tensor(dtype, 1, 150, 256)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsOfAllKindsHaveTheirPlace(WeightLayout layout) {
        List<Tensor> parts =
                List.of(
                        Fixtures.tensor(DType.Q4_0, 1, 37, 256),
                        Fixtures.tensor(DType.Q2_K, 2, 5, 256),
                        Fixtures.tensor(DType.F32, 3, 64, 256),
                        Fixtures.tensor(DType.Q8_0, 4, 3, 256));
        try (Backend backend = new VectorBackend(3, layout, ActivationPrecision.Q8)) {
            check(backend, 1, parts);
            check(backend, 9, parts);
        }
    }

    /** More columns than a strip has: a slab of many short rows. */
    @Test
    void stripsAreCut() {
        try (Backend backend =
                new VectorBackend(2, WeightLayout.REPACKED, ActivationPrecision.EXACT)) {
            check(backend, 3, List.of(Fixtures.tensor(DType.Q8_0, 1, 20_000, 256)));
        }
    }

    private static void check(Backend backend, int T, List<Tensor> parts) {
        Weight weight = backend.prepare(WeightUse.MATMUL, parts);
        int rows = weight.rows();
        Weight bias =
                backend.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 9, rows)));
        Matrix x = Fixtures.matrix(backend, 256, Fixtures.uniform(T * 256, T));
        Matrix expected = Fixtures.zeros(backend, T, rows);
        backend.matmul(weight, x, T, expected);
        backend.addBias(expected, bias, T);
        Matrix actual = Fixtures.zeros(backend, T, rows);
        backend.matmulBias(weight, bias, x, T, actual);
        assertArrayEquals(Fixtures.rows(expected, 0, T), Fixtures.rows(actual, 0, T));
        backend.activate(Activation.GELU, expected, T);
        backend.matmulActivate(weight, bias, Activation.GELU, x, T, actual);
        assertArrayEquals(Fixtures.rows(expected, 0, T), Fixtures.rows(actual, 0, T));
    }
}
