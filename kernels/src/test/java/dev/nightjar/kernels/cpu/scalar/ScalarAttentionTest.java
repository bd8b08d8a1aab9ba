package dev.nightjar.kernels.cpu.scalar;

import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.assertHolds;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.index;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.matrix;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.vector;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of attention on three tokens of one element, whose values are 1, 2 and 8. */
class ScalarAttentionTest {

    private static final double LN3 = Math.log(3);
    private static final double[] VALUES = {1, 2, 8};

    private final ScalarBackend backend = new ScalarBackend();
    private final AttentionSpec plain = new AttentionSpec(1, 1, 1, 1f);

    /** Queries are 1, so that keys are scores; one head or two. */
    private Matrix attend(AttentionSpec attention, double[] keys, double[] values) {
        var layer = new KvLayerSpec(1, 1, attention.valueDim(), DType.F32);
        try (var store = backend.allocateKv(new KvSpec(List.of(layer), 2, 2))) {
            Matrix k = matrix(backend, 1, keys);
            Matrix v = matrix(backend, attention.valueDim(), values);
            backend.writeKv(store, 0, k, v, index(backend, 2, 3, 0), 3);
            var metadata =
                    new AttentionMetadata(
                            index(backend, 0, 3), index(backend, 3), index(backend, 1, 0), 2);
            metadata.commit(1);
            int heads = attention.numHeads();
            double[] ones = heads == 1 ? new double[] {1, 1, 1} : new double[] {1, 1, 1, 1, 1, 1};
            Matrix out =
                    matrix(
                            backend,
                            heads * attention.valueDim(),
                            new double[3 * heads * attention.valueDim()]);
            backend.attention(matrix(backend, heads, ones), store, 0, attention, metadata, 3, out);
            return out;
        }
    }

    @Test
    void aWindowHidesWhatLiesBeforeIt() {
        double[] keys = {0, LN3, 0};
        assertHolds(attend(plain.withWindow(2), keys, VALUES), 1, 7 / 4.0, 14 / 4.0);
        assertHolds(attend(plain.withWindow(1), keys, VALUES), 1, 2, 8);
        assertHolds(attend(plain.withWindow(3), keys, VALUES), 1, 7 / 4.0, 15 / 5.0);
    }

    /** 2 ln 3 * tanh(atanh(1/2)) = ln 3. */
    @Test
    void aSoftCapBoundsScores() {
        double score = 2 * LN3 * (LN3 / 2);
        Matrix out =
                attend(plain.withSoftCap((float) (2 * LN3)), new double[] {0, score, 0}, VALUES);
        assertHolds(out, 1, 7 / 4.0, 15 / 5.0);
    }

    /** With a slope of ln 2 each step back halves the weight. */
    @Test
    void slopesPreferWhatIsNear() {
        var attention = new AttentionSpec(2, 1, 1, 1f).withSlopes(vector(backend, Math.log(2), 0));
        Matrix out = attend(attention, new double[3], VALUES);
        double third = (1 / 4.0 + 2 / 2.0 + 8) / 1.75;
        assertHolds(out, 1, 1, (1 / 2.0 + 2) / 1.5, 3 / 2.0, third, 11 / 3.0);
    }

    /** A sink takes its share of the weight and gives nothing. */
    @Test
    void sinksTakeWeight() {
        var attention = new AttentionSpec(2, 1, 1, 1f).withSinks(vector(backend, 0, LN3));
        Matrix out = attend(attention, new double[3], VALUES);
        assertHolds(out, 1 / 2.0, 1 / 4.0, 3 / 3.0, 3 / 5.0, 11 / 4.0, 11 / 6.0);
    }

    @Test
    void valuesMayBeWiderThanKeys() {
        double[] values = {1, 10, 2, 20, 8, 80};
        Matrix out = attend(plain.withValueDim(2), new double[] {0, LN3, 0}, values);
        assertHolds(out, 1, 10, 7 / 4.0, 70 / 4.0, 15 / 5.0, 150 / 5.0);
    }

    /** The slope counts after the cap, the window over all, the sink beside them. */
    @Test
    void rulesCombine() {
        var attention =
                plain.withSoftCap((float) (2 * LN3))
                        .withSlopes(vector(backend, Math.log(2)))
                        .withWindow(2)
                        .withSinks(vector(backend, 0));
        double score = 2 * LN3 * (LN3 / 2);
        Matrix out = attend(attention, new double[] {0, score, 0}, VALUES);
        assertHolds(out, 1 / 2.0, (0.5 + 6) / 4.5, (1.5 * 2 + 8) / 3.5);
    }
}
