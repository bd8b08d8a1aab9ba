package dev.nightjar.kernels.cpu.scalar;

import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.assertHolds;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.index;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.matrix;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A mixture of two experts on two elements. */
class ScalarExpertsTest {

    private final ScalarBackend backend = new ScalarBackend();

    /** Expert 0 is [1 2; 3 4], expert 1 is [5 6; 7 8], the second row a part of its own. */
    private Weight experts() {
        Tensor all = tensor(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
        return backend.prepareExperts(
                List.of(
                        List.of(all.rows(0, 1), all.rows(1, 1)),
                        List.of(all.rows(2, 1), all.rows(3, 1))));
    }

    @Test
    void everyRowMeetsItsExpert() {
        Matrix x = matrix(backend, 2, 1, 10, 2, 0);
        Matrix out = matrix(backend, 2, new double[8]);
        backend.expertMatmul(experts(), index(backend, 1, 0, 0, 1), 2, x, 4, out);
        assertHolds(out, 65, 87, 21, 43, 2, 6, 10, 14);
        backend.expertMatmul(experts(), index(backend, 0, 1), 1, x, 2, out);
        assertHolds(out, 21, 43, 10, 14);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> backend.expertMatmul(experts(), index(backend, 2), 1, x, 1, out));
    }

    @Test
    void biasesFollowTheExpert() {
        Weight bias =
                backend.prepare(
                        WeightUse.EMBEDDING, List.of(tensor(new double[] {1, 2, 30, 40}, 2, 2)));
        Matrix x = matrix(backend, 2, 1, 1, 2, 2, 3, 3);
        backend.addExpertBias(x, bias, index(backend, 1, 0, 1), 3);
        assertHolds(x, 31, 41, 3, 4, 33, 43);
    }

    @Test
    void combiningWeighsTheRowsOfAToken() {
        Matrix x = matrix(backend, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        Matrix weights = matrix(backend, 2, 0.5, 2, 1, -1);
        Matrix out = matrix(backend, 2, new double[4]);
        backend.combineExperts(x, weights, 2, out);
        assertHolds(out, 6.5, 9, -2, -2);
    }

    @Test
    void routingFillsBothOutputs() {
        var routing =
                new ExpertRouting(
                        3, 2, ExpertRouting.Scoring.SOFTMAX, ExpertRouting.Weights.SCORES, 1);
        double ln2 = Math.log(2);
        Matrix logits = matrix(backend, 3, 0, ln2, -50, 1, 1 + 2 * ln2, 1 + 2 * ln2);
        IndexBuffer chosen = backend.allocateIndex(4);
        Matrix weights = matrix(backend, 2, new double[4]);
        backend.routeExperts(logits, routing, Optional.empty(), 2, chosen, weights);
        assertArrayEquals(new int[] {1, 0, 1, 2}, chosen.host());
        assertHolds(weights, 2 / 3.0, 1 / 3.0, 4 / 9.0, 4 / 9.0);
    }
}
