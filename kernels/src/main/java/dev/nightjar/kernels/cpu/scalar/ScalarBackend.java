package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.CpuBuffer;
import dev.nightjar.kernels.cpu.CpuIndexBuffer;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.CpuWeights;
import dev.nightjar.kernels.cpu.ExpertChooser;
import dev.nightjar.kernels.cpu.ExpertsWeight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The specification of every op: one thread, plain loops, weights read through their block format.
 * Reductions accumulate in double and round once, so that other backends can be measured against
 * it.
 */
public final class ScalarBackend implements Backend {

    private final ScalarMatmul matmul = new ScalarMatmul();
    private final ScalarExperts experts = new ScalarExperts(matmul);
    private final ExpertChooser chooser = new ExpertChooser();
    private final ScalarAttention attention = new ScalarAttention();
    private final ScalarSelfAttention selfAttention = new ScalarSelfAttention();
    private final ScalarSampler sampler = new ScalarSampler();

    /** Needs nothing. */
    public ScalarBackend() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Backend forModel() {
        return this; // it owns no memory, and closing it does nothing
    }

    @Override
    public Weight prepare(WeightUse use, List<Tensor> parts) {
        return CpuWeights.prepare(use, parts);
    }

    @Override
    public Weight prepareExperts(List<List<Tensor>> experts) {
        return CpuWeights.prepareExperts(experts);
    }

    @Override
    public DeviceBuffer allocate(long numElements) {
        return new CpuBuffer(numElements);
    }

    @Override
    public IndexBuffer allocateIndex(int capacity) {
        return new CpuIndexBuffer(capacity);
    }

    @Override
    public KvStore allocateKv(KvSpec spec) {
        return new CpuKvStore(spec);
    }

    @Override
    public void embed(Weight table, IndexBuffer ids, int T, Matrix out) {
        MatrixWeight.Part part = CpuWeights.asMatrix(table, out.cols()).parts().getFirst();
        float[] result = CpuMatrices.data(out, T);
        for (int t = 0; t < T; t++) {
            int id = CpuMatrices.requireIndex("token id", ids.host()[t], part.rows());
            ScalarMatmul.dequantizeRow(part, id, result, CpuMatrices.rowStart(out, t), out.cols());
        }
    }

    @Override
    public void rmsNorm(Matrix x, Weight weight, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        float[] in = CpuMatrices.data(x, T);
        float[] result = CpuMatrices.data(out, T);
        float[] w = CpuWeights.asVector(weight, x.cols());
        for (int t = 0; t < T; t++) {
            int from = CpuMatrices.rowStart(x, t);
            int to = CpuMatrices.rowStart(out, t);
            ScalarNorms.rms(in, from, result, to, w, 0, x.cols(), eps);
        }
    }

    @Override
    public void layerNorm(Matrix x, Weight weight, Weight bias, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        float[] in = CpuMatrices.data(x, T);
        float[] result = CpuMatrices.data(out, T);
        float[] w = CpuWeights.asVector(weight, x.cols());
        float[] b = CpuWeights.asVector(bias, x.cols());
        for (int t = 0; t < T; t++) {
            int from = CpuMatrices.rowStart(x, t);
            int to = CpuMatrices.rowStart(out, t);
            ScalarNorms.layer(in, from, result, to, w, 0, b, x.cols(), eps);
        }
    }

    @Override
    public void rmsNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        float[] data = CpuMatrices.data(x, T);
        float[] w = CpuWeights.asVectorOf(weight, x.cols(), headDim);
        for (int t = 0; t < T; t++) {
            for (int head = 0; head < numHeads; head++) {
                int at = CpuMatrices.rowStart(x, t) + head * headDim;
                int wFrom = w.length == headDim ? 0 : head * headDim;
                ScalarNorms.rms(data, at, data, at, w, wFrom, headDim, eps);
            }
        }
    }

    @Override
    public void layerNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        float[] data = CpuMatrices.data(x, T);
        float[] w = CpuWeights.asVectorOf(weight, x.cols(), headDim);
        for (int t = 0; t < T; t++) {
            for (int head = 0; head < numHeads; head++) {
                int at = CpuMatrices.rowStart(x, t) + head * headDim;
                int wFrom = w.length == headDim ? 0 : head * headDim;
                ScalarNorms.layer(data, at, data, at, w, wFrom, null, headDim, eps);
            }
        }
    }

    @Override
    public void matmul(Weight weight, Matrix x, int T, Matrix out) {
        MatrixWeight matrix = CpuWeights.asMatrix(weight, x.cols());
        CpuMatrices.requireCols("out", out, matrix.rows());
        matmul.run(matrix, x, T, out);
    }

    @Override
    public void addBias(Matrix x, Weight bias, int T) {
        float[] data = CpuMatrices.data(x, T);
        float[] values = CpuWeights.asVector(bias, x.cols());
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = 0; c < x.cols(); c++) {
                data[start + c] += values[c];
            }
        }
    }

    @Override
    public void add(Matrix x, Matrix y, int T) {
        CpuMatrices.requireCols("y", y, x.cols());
        float[] data = CpuMatrices.data(x, T);
        float[] other = CpuMatrices.data(y, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            int otherStart = CpuMatrices.rowStart(y, t);
            for (int c = 0; c < x.cols(); c++) {
                data[start + c] += other[otherStart + c];
            }
        }
    }

    @Override
    public void multiply(Matrix x, Weight weight, int T) {
        float[] data = CpuMatrices.data(x, T);
        float[] w = CpuWeights.asVector(weight, x.cols());
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = 0; c < x.cols(); c++) {
                data[start + c] *= w[c];
            }
        }
    }

    @Override
    public void copy(Matrix from, int T, Matrix to) {
        CpuMatrices.copy(from, T, to);
    }

    @Override
    public void rope(Matrix x, int numHeads, RopeTable table, IndexBuffer positions, int T) {
        CpuMatrices.requireRotary(x, numHeads, table);
        ScalarRope.run(x, numHeads, table, positions.host(), T);
    }

    @Override
    public void writeKv(KvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T) {
        CpuKvStore cpuStore = CpuKvStore.of(store);
        cpuStore.requireLayer(layer, k, v);
        float[] keys = CpuMatrices.data(k, T);
        float[] values = CpuMatrices.data(v, T);
        for (int t = 0; t < T; t++) {
            int slot = slots.host()[t];
            cpuStore.commit(slot / store.spec().blockSize());
            cpuStore.write(
                    layer,
                    slot,
                    keys,
                    CpuMatrices.rowStart(k, t),
                    values,
                    CpuMatrices.rowStart(v, t));
        }
    }

    @Override
    public void copyKv(KvStore store, int fromBlock, int toBlock, int numTokens) {
        CpuKvStore.of(store).copy(fromBlock, toBlock, numTokens);
    }

    @Override
    public void attention(
            Matrix q,
            KvStore store,
            int layer,
            AttentionSpec spec,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        CpuKvStore cpuStore = CpuKvStore.of(store);
        cpuStore.requireAttention(layer, spec, q, out);
        attention.run(q, cpuStore, layer, spec, metadata, T, out);
    }

    @Override
    public void selfAttention(
            Matrix q,
            Matrix k,
            Matrix v,
            SelfAttentionSpec spec,
            IndexBuffer starts,
            int numSequences,
            int T,
            Matrix out) {
        CpuMatrices.requireCols("q", q, spec.cols());
        CpuMatrices.requireCols("k", k, spec.cols());
        CpuMatrices.requireCols("v", v, spec.cols());
        CpuMatrices.requireCols("out", out, spec.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        selfAttention.run(q, k, v, spec, starts.host(), numSequences, T, out);
    }

    @Override
    public void activate(Activation activation, Matrix x, int T) {
        float[] data = CpuMatrices.data(x, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = start; c < start + x.cols(); c++) {
                data[c] = (float) ScalarActivations.of(activation, data[c]);
            }
        }
    }

    @Override
    public void activateMultiply(Activation activation, Matrix gateUp, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        float[] in = CpuMatrices.data(gateUp, T);
        float[] result = CpuMatrices.data(out, T);
        for (int t = 0; t < T; t++) {
            int gate = CpuMatrices.rowStart(gateUp, t);
            int up = gate + out.cols();
            int to = CpuMatrices.rowStart(out, t);
            for (int f = 0; f < out.cols(); f++) {
                double activated = ScalarActivations.of(activation, in[gate + f]);
                result[to + f] = (float) (activated * in[up + f]);
            }
        }
    }

    @Override
    public void clampedGate(Matrix gateUp, float alpha, float limit, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        float[] in = CpuMatrices.data(gateUp, T);
        float[] result = CpuMatrices.data(out, T);
        for (int t = 0; t < T; t++) {
            int gate = CpuMatrices.rowStart(gateUp, t);
            int up = gate + out.cols();
            int to = CpuMatrices.rowStart(out, t);
            for (int f = 0; f < out.cols(); f++) {
                double g = Math.min(in[gate + f], limit);
                double u = Math.max(-limit, Math.min(in[up + f], limit));
                result[to + f] = (float) (g * ScalarActivations.sigmoid(alpha * g) * (u + 1));
            }
        }
    }

    @Override
    public void sigmoidGate(Matrix x, Matrix gate, int T) {
        CpuMatrices.requireCols("gate", gate, 1);
        float[] data = CpuMatrices.data(x, T);
        float[] gates = CpuMatrices.data(gate, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            double factor = ScalarActivations.sigmoid(gates[CpuMatrices.rowStart(gate, t)]);
            for (int c = start; c < start + x.cols(); c++) {
                data[c] = (float) (data[c] * factor);
            }
        }
    }

    @Override
    public void clamp(Matrix x, float limit, int T) {
        float[] data = CpuMatrices.data(x, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = start; c < start + x.cols(); c++) {
                data[c] = Math.clamp(data[c], -limit, limit);
            }
        }
    }

    @Override
    public void softCap(Matrix x, float cap, int T) {
        float[] data = CpuMatrices.data(x, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = start; c < start + x.cols(); c++) {
                data[c] = (float) (cap * Math.tanh((double) data[c] / cap));
            }
        }
    }

    @Override
    public void routeExperts(
            Matrix logits,
            ExpertRouting routing,
            Optional<Weight> selectionBias,
            int T,
            IndexBuffer experts,
            Matrix weights) {
        float[] bias = ExpertChooser.biasOf(selectionBias, routing);
        chooser.run(logits, routing, bias, 0, T, experts.host(), weights);
    }

    @Override
    public void expertMatmul(
            Weight weight, IndexBuffer experts, int fanOut, Matrix x, int n, Matrix out) {
        ExpertsWeight matrices = CpuWeights.asExperts(weight, x.cols());
        CpuMatrices.requireCols("out", out, matrices.rows());
        this.experts.multiply(matrices, experts.host(), fanOut, x, n, out);
    }

    @Override
    public void addExpertBias(Matrix x, Weight bias, IndexBuffer experts, int n) {
        MatrixWeight.Part part = CpuWeights.asMatrix(bias, x.cols()).parts().getFirst();
        float[] data = CpuMatrices.data(x, n);
        float[] row = new float[x.cols()];
        for (int i = 0; i < n; i++) {
            int expert = CpuMatrices.requireIndex("expert", experts.host()[i], part.rows());
            ScalarMatmul.dequantizeRow(part, expert, row, 0, row.length);
            int start = CpuMatrices.rowStart(x, i);
            for (int c = 0; c < row.length; c++) {
                data[start + c] += row[c];
            }
        }
    }

    @Override
    public void combineExperts(Matrix x, Matrix weights, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        ScalarExperts.combine(x, weights, T, out);
    }

    @Override
    public void gatherRows(Matrix x, IndexBuffer rows, int n, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        float[] result = CpuMatrices.data(out, n);
        int numRows = (int) x.maxRows();
        float[] in = CpuMatrices.data(x, numRows);
        for (int i = 0; i < n; i++) {
            int row = CpuMatrices.requireIndex("row", rows.host()[i], numRows);
            int from = CpuMatrices.rowStart(x, row);
            System.arraycopy(in, from, result, CpuMatrices.rowStart(out, i), x.cols());
        }
    }

    @Override
    public void meanRows(Matrix x, IndexBuffer starts, int numSequences, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        float[] in = CpuMatrices.data(x, T);
        float[] result = CpuMatrices.data(out, numSequences);
        for (int s = 0; s < numSequences; s++) {
            int from = starts.host()[s];
            int end = starts.host()[s + 1];
            int to = CpuMatrices.rowStart(out, s);
            for (int c = 0; c < x.cols(); c++) {
                double sum = 0;
                for (int t = from; t < end; t++) {
                    sum += in[CpuMatrices.rowStart(x, t) + c];
                }
                result[to + c] = (float) (sum / Math.max(1, end - from));
            }
        }
    }

    @Override
    public void poolRows(
            RowPooling how,
            Matrix x,
            IndexBuffer starts,
            IndexBuffer skipped,
            int numSequences,
            int T,
            Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        ScalarPooling.run(how, x, starts.host(), skipped.host(), numSequences, T, out);
    }

    @Override
    public void scale(Matrix x, float factor, int T) {
        float[] data = CpuMatrices.data(x, T);
        for (int t = 0; t < T; t++) {
            int start = CpuMatrices.rowStart(x, t);
            for (int c = 0; c < x.cols(); c++) {
                data[start + c] *= factor;
            }
        }
    }

    @Override
    public void sample(Matrix logits, int S, SamplingBatch batch) {
        float[] data = CpuMatrices.data(logits, S);
        for (int s = 0; s < S; s++) {
            sampler.sample(data, CpuMatrices.rowStart(logits, s), logits.cols(), batch, s);
        }
    }

    @Override
    public void close() {
        // Heap memory only; KV stores belong to their callers.
    }
}
