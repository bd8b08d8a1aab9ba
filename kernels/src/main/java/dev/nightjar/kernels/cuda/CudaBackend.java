package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.StepReplay;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.CudaDevice;
import dev.nightjar.kernels.cuda.driver.CudaDriver;
import dev.nightjar.kernels.cuda.driver.CudaModule;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.Staging;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The ops on one GPU, each a launch of kernels of native/cuda on one stream. Nothing but sampling
 * waits for the device. An index that does not exist is an error where the host knows it, else NaN.
 *
 * <p>Longer than most classes because it is the list of the ops, one after the other.
 */
final class CudaBackend implements Backend {

    private final CudaContext context;
    private final CudaModule module;
    private final DeviceMemory memory;
    private final CudaDispatch dispatch;
    private final CudaWeights weights;
    private final CudaMatmul matmul;
    private final CudaRows rows;
    private final CudaAttention attention;
    private final CudaSelfAttention selfAttention;
    private final CudaExperts experts;
    private final CudaExpertMatmul expertMatmul;
    private final CudaSampler sampler;
    private final Staging staging;
    private final Queue<CudaIndexBuffer> indices = new ConcurrentLinkedQueue<>();
    private final Queue<StepReplay> replays = new ConcurrentLinkedQueue<>();
    private final boolean hasGraphs;
    private final boolean ownsDevice;

    CudaBackend(CudaDriver driver, CudaDevice device, ActivationPrecision activations) {
        hasGraphs = CudaGraphCache.isWanted();
        context = new CudaContext(driver, device);
        module = new CudaModule(context, KernelImage.of(device));
        memory = new DeviceMemory(context);
        dispatch = new CudaDispatch(context, module, memory);
        staging = new Staging(context);
        weights = new CudaWeights(staging, memory);
        matmul = new CudaMatmul(dispatch, activations);
        rows = new CudaRows(dispatch);
        attention = new CudaAttention(dispatch, activations);
        selfAttention = new CudaSelfAttention(dispatch, activations);
        experts = new CudaExperts(dispatch);
        expertMatmul = new CudaExpertMatmul(dispatch, activations);
        sampler = new CudaSampler(dispatch);
        ownsDevice = true;
    }

    /** The same device, kernels and scratch memory, and memory for another model. */
    private CudaBackend(CudaBackend device) {
        context = device.context;
        module = device.module;
        memory = new DeviceMemory(context);
        dispatch = device.dispatch;
        staging = device.staging;
        weights = new CudaWeights(staging, memory);
        matmul = device.matmul;
        rows = device.rows;
        attention = device.attention;
        selfAttention = device.selfAttention;
        experts = device.experts;
        expertMatmul = device.expertMatmul;
        sampler = device.sampler;
        hasGraphs = device.hasGraphs;
        ownsDevice = false;
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String device() {
        return context.device().id();
    }

    /** One thread of the host launches. */
    @Override
    public int threads() {
        return 1;
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(context.memory().total());
    }

    @Override
    public Optional<DeviceUse> deviceUse() {
        return Optional.of(memory.use());
    }

    /** All memory that it allocates is its own, not that of weights alone. */
    @Override
    public Backend forModel() {
        return new CudaBackend(this);
    }

    @Override
    public Weight prepare(WeightUse use, List<Tensor> parts) {
        return weights.prepare(use, parts);
    }

    @Override
    public Weight prepareExperts(List<List<Tensor>> parts) {
        return weights.prepareExperts(parts);
    }

    @Override
    public DeviceBuffer allocate(long numElements) {
        long bytes = Math.multiplyExact(numElements, (long) Float.BYTES);
        long address = memory.allocate(bytes, DeviceMemory.Purpose.ACTIVATIONS);
        context.clear(address, bytes);
        return new CudaBuffer(staging, address, numElements);
    }

    @Override
    public IndexBuffer allocateIndex(int capacity) {
        long bytes = (long) Integer.BYTES * capacity;
        long address = memory.allocate(bytes, DeviceMemory.Purpose.SCRATCH);
        context.clear(address, bytes);
        CudaIndexBuffer buffer = new CudaIndexBuffer(context, address, capacity);
        indices.add(buffer);
        return buffer;
    }

    @Override
    public KvStore allocateKv(KvSpec spec) {
        return new CudaKvStore(spec, memory);
    }

    @Override
    public StepReplay stepReplay() {
        if (!hasGraphs) {
            return StepReplay.DIRECT;
        }
        StepReplay replay = new CudaGraphCache(context, dispatch.memory());
        replays.add(replay);
        return replay;
    }

    @Override
    public void embed(Weight table, IndexBuffer ids, int T, Matrix out) {
        rows.embed(CudaArguments.matrix(table, out.cols(), false), ids, T, out);
    }

    @Override
    public void rmsNorm(Matrix x, Weight weight, float eps, int T, Matrix out) {
        rows.rmsNorm(x, CudaArguments.vectorOf(weight, x.cols(), x.cols()), 1, eps, T, out);
    }

    @Override
    public void addRmsNorm(Matrix x, Matrix residual, Weight weight, float eps, int T, Matrix out) {
        rows.addRmsNorm(x, residual, CudaArguments.vector(weight, x.cols()), eps, T, out);
    }

    @Override
    public void layerNorm(Matrix x, Weight weight, Weight bias, float eps, int T, Matrix out) {
        CudaVector scales = CudaArguments.vectorOf(weight, x.cols(), x.cols());
        rows.layerNorm(x, scales, CudaArguments.vector(bias, x.cols()), 1, eps, T, out);
    }

    @Override
    public void rmsNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        rows.rmsNorm(x, CudaArguments.vectorOf(weight, x.cols(), headDim), numHeads, eps, T, x);
    }

    @Override
    public void layerNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T) {
        int headDim = CpuMatrices.headDim(x, numHeads);
        CudaVector scales = CudaArguments.vectorOf(weight, x.cols(), headDim);
        rows.layerNorm(x, scales, 0, numHeads, eps, T, x);
    }

    @Override
    public void matmul(Weight weight, Matrix x, int T, Matrix out) {
        matmul.run(weight, x, T, out);
    }

    @Override
    public void addBias(Matrix x, Weight bias, int T) {
        rows.withVector("add_bias", x, CudaArguments.vector(bias, x.cols()), T);
    }

    @Override
    public void add(Matrix x, Matrix y, int T) {
        CpuMatrices.requireCols("y", y, x.cols());
        rows.add(x, y, T);
    }

    @Override
    public void multiply(Matrix x, Weight weight, int T) {
        rows.withVector("multiply", x, CudaArguments.vector(weight, x.cols()), T);
    }

    @Override
    public void copy(Matrix from, int T, Matrix to) {
        CpuMatrices.requireCols("to", to, from.cols());
        rows.copy(from, T, to);
    }

    @Override
    public void rope(Matrix x, int numHeads, RopeTable table, IndexBuffer positions, int T) {
        CpuMatrices.requireRotary(x, numHeads, table);
        rows.rope(x, numHeads, table, positions, T);
    }

    @Override
    public void writeKv(KvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T) {
        CudaKvStore cudaStore = CudaKvStore.of(store);
        cudaStore.requireLayer(layer, k, v);
        rows.writeKv(cudaStore, layer, k, v, slots, T);
    }

    @Override
    public void ropeWriteKv(
            KvStore store,
            int layer,
            Matrix k,
            RopeTable table,
            IndexBuffer positions,
            Matrix v,
            IndexBuffer slots,
            int T) {
        CudaKvStore cudaStore = CudaKvStore.of(store);
        cudaStore.requireLayer(layer, k, v);
        int numHeads = store.spec().layers().get(layer).numKvHeads();
        CpuMatrices.requireRotary(k, numHeads, table);
        rows.ropeWriteKv(cudaStore, layer, k, table, positions, v, slots, T);
    }

    @Override
    public void copyKv(KvStore store, int fromBlock, int toBlock, int numTokens) {
        rows.copyKv(CudaKvStore.of(store), fromBlock, toBlock, numTokens);
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
        attention.run(q, CudaKvStore.of(store), layer, spec, metadata, T, out);
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
        selfAttention.run(q, k, v, spec, starts, numSequences, T, out);
    }

    @Override
    public void activate(Activation activation, Matrix x, int T) {
        rows.activate(activation, x, T);
    }

    @Override
    public void activateMultiply(Activation activation, Matrix gateUp, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        rows.activateMultiply(activation, gateUp, T, out);
    }

    @Override
    public void clampedGate(Matrix gateUp, float alpha, float limit, int T, Matrix out) {
        CpuMatrices.requireCols("gateUp", gateUp, 2 * out.cols());
        rows.clampedGate(gateUp, alpha, limit, T, out);
    }

    @Override
    public void sigmoidGate(Matrix x, Matrix gate, int T) {
        CpuMatrices.requireCols("gate", gate, 1);
        rows.sigmoidGate(x, gate, T);
    }

    @Override
    public void clamp(Matrix x, float limit, int T) {
        rows.withNumber("clamp_rows", x, limit, T);
    }

    @Override
    public void softCap(Matrix x, float cap, int T) {
        rows.withNumber("soft_cap", x, cap, T);
    }

    @Override
    public void scale(Matrix x, float factor, int T) {
        rows.withNumber("scale_rows", x, factor, T);
    }

    @Override
    public void routeExperts(
            Matrix logits,
            ExpertRouting routing,
            Optional<Weight> selectionBias,
            int T,
            IndexBuffer chosen,
            Matrix out) {
        experts.route(logits, routing, selectionBias, T, chosen, out);
    }

    @Override
    public void expertMatmul(
            Weight weight, IndexBuffer chosen, int fanOut, Matrix x, int n, Matrix out) {
        expertMatmul.run(weight, chosen, fanOut, x, n, out);
    }

    @Override
    public void addExpertBias(Matrix x, Weight bias, IndexBuffer chosen, int n) {
        experts.addBias(x, CudaArguments.matrix(bias, x.cols(), false), chosen, n);
    }

    @Override
    public void combineExperts(Matrix x, Matrix factors, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        experts.combine(x, factors, T, out);
    }

    @Override
    public void gatherRows(Matrix x, IndexBuffer indices, int n, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        rows.gather(x, indices, n, out);
    }

    @Override
    public void meanRows(Matrix x, IndexBuffer starts, int numSequences, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        rows.pool(RowPooling.MEAN, x, starts, Optional.empty(), numSequences, T, out);
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
        rows.pool(how, x, starts, Optional.of(skipped), numSequences, T, out);
    }

    @Override
    public void sample(Matrix logits, int S, SamplingBatch batch) {
        sampler.run(logits, S, batch);
    }

    @Override
    public void close() {
        replays.forEach(StepReplay::close);
        memory.close();
        indices.forEach(CudaIndexBuffer::close);
        if (ownsDevice) {
            staging.close();
            dispatch.close();
            module.close();
            context.close();
        }
    }
}
