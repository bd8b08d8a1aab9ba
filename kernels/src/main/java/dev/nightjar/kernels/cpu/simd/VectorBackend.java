package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
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
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.CpuBuffer;
import dev.nightjar.kernels.cpu.CpuIndexBuffer;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.CpuWeight;
import dev.nightjar.kernels.cpu.CpuWeights;
import dev.nightjar.kernels.cpu.ExpertChooser;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.assembly.Support;
import dev.nightjar.kernels.cpu.simd.attention.AttentionKernel;
import dev.nightjar.kernels.cpu.simd.attention.SelfAttentionKernel;
import dev.nightjar.kernels.cpu.simd.element.ActivationFunctions;
import dev.nightjar.kernels.cpu.simd.element.ActivationKernel;
import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.element.ClampKernel;
import dev.nightjar.kernels.cpu.simd.element.ClampedGateKernel;
import dev.nightjar.kernels.cpu.simd.element.CombineKernel;
import dev.nightjar.kernels.cpu.simd.element.CopyKernel;
import dev.nightjar.kernels.cpu.simd.element.MultiplyKernel;
import dev.nightjar.kernels.cpu.simd.element.ScaleKernel;
import dev.nightjar.kernels.cpu.simd.element.SoftCapKernel;
import dev.nightjar.kernels.cpu.simd.kv.WriteKvKernel;
import dev.nightjar.kernels.cpu.simd.matmul.ExpertMatmulKernel;
import dev.nightjar.kernels.cpu.simd.matmul.MatmulKernel;
import dev.nightjar.kernels.cpu.simd.pack.PackedExperts;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeights;
import dev.nightjar.kernels.cpu.simd.row.EmbedKernel;
import dev.nightjar.kernels.cpu.simd.row.ExpertBiasKernel;
import dev.nightjar.kernels.cpu.simd.row.LayerNormKernel;
import dev.nightjar.kernels.cpu.simd.row.MeanKernel;
import dev.nightjar.kernels.cpu.simd.row.PoolingKernel;
import dev.nightjar.kernels.cpu.simd.row.RmsNormKernel;
import dev.nightjar.kernels.cpu.simd.row.RopeKernel;
import dev.nightjar.kernels.cpu.simd.row.RouteKernel;
import dev.nightjar.kernels.cpu.simd.sample.SampleKernel;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The op set on the Vector API and a team of threads. This class checks arguments; each op has a
 * kernel object of its own that is reused for all calls, so that no call allocates.
 *
 * <p>Matrices are repacked for the kernels unless the options keep them where the checkpoint mapped
 * them. Repacked codes of four and six bits are multiplied with activations of eight if the options
 * say so; all else is computed with floats. Tensors must be native memory or byte arrays.
 */
public final class VectorBackend implements Backend {

    private static final float[] NO_BIAS = new float[0];

    private final WorkerPool pool;
    private final boolean ownsPool;
    private final PackedWeights weights;
    private final EmbedKernel embed;
    private final RmsNormKernel norm;
    private final LayerNormKernel layerNorm;
    private final MatmulKernel matmul;
    private final AddKernel add;
    private final MultiplyKernel multiply;
    private final ScaleKernel scale;
    private final CopyKernel copy;
    private final RopeKernel rope;
    private final WriteKvKernel writeKv;
    private final AttentionKernel attention;
    private final SelfAttentionKernel selfAttention;
    private final MeanKernel mean;
    private final PoolingKernel pooling;
    private final ActivationKernel activation;
    private final ClampedGateKernel clampedGate;
    private final ClampKernel clamp;
    private final SoftCapKernel softCap;
    private final RouteKernel route;
    private final ExpertMatmulKernel expertMatmul;
    private final ExpertBiasKernel expertBias;
    private final CombineKernel combine;
    private final SampleKernel sample;

    /** Starts the threads; weights are repacked, activations exact. */
    public VectorBackend(int threads) {
        this(threads, WeightLayout.REPACKED, ActivationPrecision.EXACT);
    }

    /** Starts the threads; functions are assembled for the processor where that is faster. */
    public VectorBackend(int threads, WeightLayout layout, ActivationPrecision activations) {
        this(threads, layout, activations, true);
    }

    /**
     * Starts the threads.
     *
     * @param assembles whether functions that are assembled for the processor may multiply in the
     *     stead of vectors, where {@link Support} has them
     */
    VectorBackend(
            int threads, WeightLayout layout, ActivationPrecision activations, boolean assembles) {
        pool = new WorkerPool(threads);
        ownsPool = true;
        weights = new PackedWeights(layout, threads, activations, assembles);
        embed = new EmbedKernel(pool);
        norm = new RmsNormKernel(pool);
        layerNorm = new LayerNormKernel(pool);
        matmul = new MatmulKernel(pool);
        add = new AddKernel(pool);
        multiply = new MultiplyKernel(pool);
        scale = new ScaleKernel(pool);
        copy = new CopyKernel(pool);
        rope = new RopeKernel(pool);
        writeKv = new WriteKvKernel(pool);
        attention = new AttentionKernel(pool);
        selfAttention = new SelfAttentionKernel(pool, assembles);
        mean = new MeanKernel(pool);
        pooling = new PoolingKernel(pool);
        activation = new ActivationKernel(pool);
        clampedGate = new ClampedGateKernel(pool);
        clamp = new ClampKernel(pool);
        softCap = new SoftCapKernel(pool);
        route = new RouteKernel(pool);
        expertMatmul = new ExpertMatmulKernel(pool);
        expertBias = new ExpertBiasKernel(pool);
        combine = new CombineKernel(pool);
        sample = new SampleKernel(pool);
    }

    /** The same threads and kernels, and memory for another model. */
    private VectorBackend(VectorBackend device) {
        pool = device.pool;
        ownsPool = false;
        weights = device.weights.another();
        embed = device.embed;
        norm = device.norm;
        layerNorm = device.layerNorm;
        matmul = device.matmul;
        add = device.add;
        multiply = device.multiply;
        scale = device.scale;
        copy = device.copy;
        rope = device.rope;
        writeKv = device.writeKv;
        attention = device.attention;
        selfAttention = device.selfAttention;
        mean = device.mean;
        pooling = device.pooling;
        activation = device.activation;
        clampedGate = device.clampedGate;
        clamp = device.clamp;
        softCap = device.softCap;
        route = device.route;
        expertMatmul = device.expertMatmul;
        expertBias = device.expertBias;
        combine = device.combine;
        sample = device.sample;
    }

    @Override
    public String name() {
        return "vector-" + VectorShapes.BITS;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public int threads() {
        return pool.threads();
    }

    @Override
    public Backend forModel() {
        return new VectorBackend(this);
    }

    @Override
    public Weight prepare(WeightUse use, List<Tensor> parts) {
        CpuWeight weight = CpuWeights.prepare(use, parts);
        return use == WeightUse.MATMUL && weight instanceof MatrixWeight matrix
                ? weights.of(matrix)
                : weight;
    }

    @Override
    public Weight prepareExperts(List<List<Tensor>> experts) {
        return weights.of(CpuWeights.prepareExperts(experts));
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
        embed.run(CpuWeights.asMatrix(table, out.cols()), ids.host(), T, out);
    }

    @Override
    public void rmsNorm(Matrix x, Weight weight, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        norm.run(x, null, CpuWeights.asVector(weight, x.cols()), eps, T, out);
    }

    @Override
    public void addRmsNorm(Matrix x, Matrix residual, Weight weight, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("residual", residual, x.cols());
        CpuMatrices.requireCols("out", out, x.cols());
        norm.run(x, residual, CpuWeights.asVector(weight, x.cols()), eps, T, out);
    }

    @Override
    public void layerNorm(Matrix x, Weight weight, Weight bias, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        float[] w = CpuWeights.asVector(weight, x.cols());
        layerNorm.run(x, w, CpuWeights.asVector(bias, x.cols()), eps, T, out);
    }

    @Override
    public void rmsNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        norm.runHeads(x, numHeads, CpuWeights.asVectorOf(weight, x.cols(), headDim), eps, T);
    }

    @Override
    public void layerNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        layerNorm.runHeads(x, numHeads, CpuWeights.asVectorOf(weight, x.cols(), headDim), eps, T);
    }

    @Override
    public void matmul(Weight weight, Matrix x, int T, Matrix out) {
        PackedWeight matrix = PackedWeights.asMatrix(weight, x.cols());
        CpuMatrices.requireCols("out", out, matrix.rows());
        matmul.run(matrix, NO_BIAS, x, T, out);
    }

    @Override
    public void matmulBias(Weight weight, Weight bias, Matrix x, int T, Matrix out) {
        PackedWeight matrix = PackedWeights.asMatrix(weight, x.cols());
        CpuMatrices.requireCols("out", out, matrix.rows());
        float[] values = CpuWeights.asVector(bias, matrix.rows());
        boolean isPacked = matrix.isPacked();
        matmul.run(matrix, isPacked ? values : NO_BIAS, x, T, out);
        if (!isPacked) {
            add.runBias(out, values, T);
        }
    }

    @Override
    public void matmulActivate(
            Weight weight, Weight bias, Activation function, Matrix x, int T, Matrix out) {
        PackedWeight matrix = PackedWeights.asMatrix(weight, x.cols());
        if (!matrix.isPacked()) {
            Backend.super.matmulActivate(weight, bias, function, x, T, out);
            return;
        }
        CpuMatrices.requireCols("out", out, matrix.rows());
        float[] values = CpuWeights.asVector(bias, matrix.rows());
        matmul.run(matrix, values, ActivationFunctions.of(function), x, T, out);
    }

    @Override
    public void addBias(Matrix x, Weight bias, int T) {
        add.runBias(x, CpuWeights.asVector(bias, x.cols()), T);
    }

    @Override
    public void add(Matrix x, Matrix y, int T) {
        CpuMatrices.requireCols("y", y, x.cols());
        add.run(x, y, T);
    }

    @Override
    public void multiply(Matrix x, Weight weight, int T) {
        multiply.run(x, CpuWeights.asVector(weight, x.cols()), T);
    }

    @Override
    public void copy(Matrix from, int T, Matrix to) {
        CpuMatrices.requireCols("to", to, from.cols());
        copy.run(from, T, to);
    }

    @Override
    public void rope(Matrix x, int numHeads, RopeTable table, IndexBuffer positions, int T) {
        CpuMatrices.requireRotary(x, numHeads, table);
        rope.run(x, numHeads, table, positions.host(), T);
    }

    @Override
    public void writeKv(KvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T) {
        CpuKvStore cpuStore = CpuKvStore.of(store);
        cpuStore.requireLayer(layer, k, v);
        writeKv.run(cpuStore, layer, k, v, slots.host(), T);
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
    public void activate(Activation function, Matrix x, int T) {
        activation.run(ActivationFunctions.of(function), x, T);
    }

    @Override
    public void activateMultiply(Activation function, Matrix gateUp, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        activation.runGated(ActivationFunctions.of(function), gateUp, T, out);
    }

    @Override
    public void clampedGate(Matrix gateUp, float alpha, float limit, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        clampedGate.run(gateUp, alpha, limit, T, out);
    }

    @Override
    public void sigmoidGate(Matrix x, Matrix gate, int T) {
        CpuMatrices.requireCols("gate", gate, 1);
        scale.runGate(x, gate, T);
    }

    @Override
    public void clamp(Matrix x, float limit, int T) {
        clamp.run(x, limit, T);
    }

    @Override
    public void softCap(Matrix x, float cap, int T) {
        softCap.run(x, cap, T);
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
        route.run(logits, routing, bias, T, experts.host(), weights);
    }

    @Override
    public void expertMatmul(
            Weight weight, IndexBuffer experts, int fanOut, Matrix x, int n, Matrix out) {
        PackedExperts matrices = PackedWeights.asExperts(weight, x.cols());
        CpuMatrices.requireCols("out", out, matrices.rows());
        expertMatmul.run(matrices, experts.host(), fanOut, x, n, out);
    }

    @Override
    public void addExpertBias(Matrix x, Weight bias, IndexBuffer experts, int n) {
        expertBias.run(x, CpuWeights.asMatrix(bias, x.cols()), experts.host(), n);
    }

    @Override
    public void combineExperts(Matrix x, Matrix weights, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        combine.run(x, weights, T, out);
    }

    @Override
    public void gatherRows(Matrix x, IndexBuffer rows, int n, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        copy.runChosen(x, rows.host(), n, out);
    }

    @Override
    public void meanRows(Matrix x, IndexBuffer starts, int numSequences, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        mean.run(x, starts.host(), numSequences, T, out);
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
        pooling.run(how, x, starts.host(), skipped.host(), numSequences, T, out);
    }

    @Override
    public void scale(Matrix x, float factor, int T) {
        scale.run(x, factor, T);
    }

    @Override
    public void sample(Matrix logits, int S, SamplingBatch batch) {
        sample.run(logits, S, batch);
    }

    @Override
    public void close() {
        if (ownsPool) {
            pool.close();
        }
        weights.close();
    }
}
