package dev.nightjar.kernels.cpu.scalar;

import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.assertHolds;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.index;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.matrix;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.tensor;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each op on numbers small enough to check by hand. */
class ScalarBackendTest {

    private final ScalarBackend backend = new ScalarBackend();

    @Test
    void matmulRunsThroughAllPartsAndRows() {
        var weight =
                backend.prepare(
                        WeightUse.MATMUL,
                        List.of(
                                tensor(new double[] {1, 2, 3, 4}, 2, 2),
                                tensor(new double[] {5, 6}, 1, 2)));
        Matrix out = matrix(backend, 3, new double[6]);
        backend.matmul(weight, matrix(backend, 2, 1, 10, 2, 0), 2, out);
        assertHolds(out, 21, 43, 65, 2, 6, 10);
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.matmul(weight, matrix(backend, 3, 1, 2, 3), 1, out));
    }

    @Test
    void embedLooksUpRows() {
        var table =
                backend.prepare(
                        WeightUse.EMBEDDING, List.of(tensor(new double[] {1, 2, 3, 4}, 2, 2)));
        Matrix out = matrix(backend, 2, new double[4]);
        backend.embed(table, index(backend, 1, 0), 2, out);
        assertHolds(out, 3, 4, 1, 2);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> backend.embed(table, index(backend, 2), 1, out));
    }

    @Test
    void rmsNormScalesToUnitMeanSquare() {
        var weight = backend.prepare(WeightUse.VECTOR, List.of(tensor(new double[] {2, 1}, 2)));
        Matrix x = matrix(backend, 2, 3, 4);
        backend.rmsNorm(x, weight, 0, 1, x);
        float root = (float) Math.sqrt(12.5);
        assertHolds(x, 6 / root, 4 / root);
        Matrix y = matrix(backend, 2, 1, 1);
        backend.addRmsNorm(y, matrix(backend, 2, 2, 3), weight, 0, 1, x);
        assertHolds(y, 3, 4);
        assertHolds(x, 6 / root, 4 / root);
    }

    @Test
    void elementwiseOpsStayInTheirView() {
        Matrix all = matrix(backend, 4, 1, 2, 3, 4, 5, 6, 7, 8);
        Matrix inner = all.columns(1, 2);
        backend.add(inner, matrix(backend, 2, 10, 20, 30, 40), 2);
        backend.scale(inner, 2, 1);
        backend.addBias(
                inner,
                backend.prepare(WeightUse.VECTOR, List.of(tensor(new double[] {1, 2}, 2))),
                2);
        assertHolds(all, 1, 25, 48, 4, 5, 37, 49, 8);
        Matrix picked = matrix(backend, 2, new double[4]);
        backend.gatherRows(inner, index(backend, 1, 0), 2, picked);
        assertHolds(picked, 37, 49, 25, 48);
    }

    @Test
    void siluMultiplyGatesTheSecondHalf() {
        Matrix out = matrix(backend, 2, 0, 0);
        backend.activateMultiply(Activation.SILU, matrix(backend, 4, 0, 1, 5, 2), 1, out);
        assertHolds(out, 0, (float) (2 / (1 + Math.exp(-1))));
    }

    @Test
    void ropeTurnsPairsOfEitherStyle() {
        Matrix cos = matrix(backend, 1, 1, 0);
        Matrix sin = matrix(backend, 1, 0, 1);
        Matrix x = matrix(backend, 6, 1, 2, 3, 4, 5, 6);
        backend.rope(x, 2, new RopeTable(RopeStyle.ADJACENT, 2, cos, sin), index(backend, 1), 1);
        assertHolds(x, -2, 1, 3, -5, 4, 6);
        Matrix y = matrix(backend, 4, 1, 2, 3, 4);
        Matrix cos2 = matrix(backend, 2, 1, 1, 0, 1);
        Matrix sin2 = matrix(backend, 2, 0, 0, 1, 0);
        backend.rope(
                y, 1, new RopeTable(RopeStyle.HALF_SPLIT, 4, cos2, sin2), index(backend, 1), 1);
        assertHolds(y, -3, 2, 1, 4);
    }

    @Test
    void attentionIsCausalPagedAndGrouped() {
        KvSpec spec = new KvSpec(List.of(new KvLayerSpec(1, 1, DType.F32)), 2, 4);
        try (var store = backend.allocateKv(spec)) {
            float ln3 = (float) Math.log(3);
            // positions 0, 1, 2 lie in block 3, then block 1
            backend.writeKv(
                    store,
                    0,
                    matrix(backend, 1, 0, ln3, 0),
                    matrix(backend, 1, 1, 2, 8),
                    index(backend, 6, 7, 2),
                    3);
            var metadata =
                    new AttentionMetadata(
                            index(backend, 0, 2), index(backend, 3), index(backend, 3, 1), 2);
            metadata.commit(1);
            Matrix out = matrix(backend, 2, new double[4]);
            backend.attention(
                    matrix(backend, 2, 1, 0, 1, 0),
                    store,
                    0,
                    new AttentionSpec(2, 1, 1, 1f),
                    metadata,
                    2,
                    out);
            assertHolds(out, 7 / 4f, 3 / 2f, (1 + 6 + 8) / 5f, 11 / 3f);
        }
    }
}
