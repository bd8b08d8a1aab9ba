package dev.nightjar.bench.gpu;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products of a mixture of experts, and what they must read at least. */
final class ExpertCases {

    /** So many matrices are not the same: a GPU holds all experts, the host these. */
    private static final int DISTINCT = 3;

    private ExpertCases() {}

    /** Sizes: tokens, experts, how many a token uses, rows and columns of one. */
    static PreparedOp multiply(DType dtype, Inputs in, int[] sizes) {
        int tokens = sizes[0];
        int numExperts = sizes[1];
        int used = sizes[2];
        int rows = sizes[3];
        int cols = sizes[4];
        int n = tokens * used;
        Weight weight = experts(dtype, in, numExperts, rows, cols);
        int[] chosen = choice(tokens, numExperts, used);
        var index = in.index(chosen);
        Matrix x = in.random(tokens, cols, 2);
        Matrix out = in.zeros(n, rows);
        long bytes =
                Arrays.stream(chosen).distinct().count() * dtype.bytesFor((long) rows * cols)
                        + 4L * tokens * cols
                        + 4L * n * rows;
        return new PreparedOp(
                () -> in.backend().expertMatmul(weight, index, used, x, n, out),
                out,
                n,
                bytes,
                2L * n * rows * cols);
    }

    private static Weight experts(DType dtype, Inputs in, int numExperts, int rows, int cols) {
        List<Tensor> distinct = new ArrayList<>();
        for (int i = 0; i < Math.min(DISTINCT, numExperts); i++) {
            distinct.add(Inputs.tensor(dtype, 1 + i, rows, cols));
        }
        List<List<Tensor>> parts = new ArrayList<>();
        for (int e = 0; e < numExperts; e++) {
            parts.add(List.of(distinct.get(e % distinct.size())));
        }
        return in.backend().prepareExperts(parts);
    }

    /** Different experts for a token, some chosen more often than others. */
    private static int[] choice(int tokens, int numExperts, int used) {
        int[] chosen = new int[tokens * used];
        for (int t = 0; t < tokens; t++) {
            for (int j = 0; j < used; j++) {
                chosen[t * used + j] = (t * t + j * (numExperts / used)) % numExperts;
            }
        }
        return chosen;
    }
}
