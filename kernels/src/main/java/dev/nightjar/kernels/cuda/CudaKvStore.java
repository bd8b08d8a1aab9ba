package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;

/**
 * A paged KV pool on the device, all of it from the beginning: a GPU has nothing else to do with
 * the memory. A layer has the keys of all blocks, then the values; each {@code [B, K, P]} rows of
 * one token and head, padded to four bytes. native/cuda/kv.cuh knows the elements of a row.
 */
final class CudaKvStore implements KvStore {

    /** In the order in which native/cuda/kv.cu numbers them. */
    static final List<DType> KNOWN = List.of(DType.F32, DType.F16, DType.BF16, DType.Q8_0);

    private static final long ALIGNMENT = 256;

    private final KvSpec spec;
    private final DeviceMemory memory;
    private final long address;
    private final long bytes;
    private final Layer[] layers;
    private boolean isClosed;

    /**
     * Where a layer lies.
     *
     * @param keys address of the first key
     * @param keyBytes from one key to the next
     * @param values address of the first value
     * @param valueBytes from one value to the next
     */
    record Layer(long keys, long keyBytes, long values, long valueBytes) {}

    CudaKvStore(KvSpec spec, DeviceMemory memory) {
        this.spec = spec;
        this.memory = memory;
        layers = new Layer[spec.layers().size()];
        long end = 0;
        for (int i = 0; i < layers.length; i++) {
            KvLayerSpec layer = spec.layers().get(i);
            if (!KNOWN.contains(layer.dtype())) {
                throw new UnsupportedDTypeException(layer.dtype(), KNOWN);
            }
            long rows = (long) spec.numBlocks() * spec.blockSize() * layer.numKvHeads();
            long keyBytes = padded(layer.keyBytes());
            long valueBytes = padded(layer.valueBytes());
            long values = end + aligned(rows * keyBytes);
            layers[i] = new Layer(end, keyBytes, values, valueBytes);
            end = values + aligned(rows * valueBytes);
        }
        bytes = end;
        address = memory.allocate(bytes, DeviceMemory.Purpose.CACHE);
    }

    private static long padded(long rowBytes) {
        return Math.ceilDiv(rowBytes, Integer.BYTES) * Integer.BYTES;
    }

    private static long aligned(long size) {
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }

    static CudaKvStore of(KvStore store) {
        if (store instanceof CudaKvStore cuda && !cuda.isClosed) {
            return cuda;
        }
        throw new IllegalArgumentException(
                "an op on the GPU takes an open KV store that its backend allocated, found "
                        + store.getClass().getName());
    }

    /** Throws unless k and v are rows of this layer's keys and values. */
    void requireLayer(int layer, Matrix k, Matrix v) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        CpuMatrices.requireCols("k", k, layerSpec.numKvHeads() * layerSpec.headDim());
        CpuMatrices.requireCols("v", v, layerSpec.numKvHeads() * layerSpec.valueDim());
    }

    /** Throws unless the op is one of the layer and of the rows of q and out. */
    void requireAttention(int layer, AttentionSpec attention, Matrix q, Matrix out) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        if (layerSpec.numKvHeads() != attention.numKvHeads()
                || layerSpec.headDim() != attention.headDim()
                || layerSpec.valueDim() != attention.valueDim()) {
            throw new IllegalArgumentException(
                    "layer %d of the KV store is %s, but the op runs with %s"
                            .formatted(layer, layerSpec, attention));
        }
        CpuMatrices.requireCols("q", q, attention.numHeads() * attention.headDim());
        CpuMatrices.requireCols("out", out, attention.numHeads() * attention.valueDim());
    }

    /** Addresses of a layer. */
    Layer layer(int index) {
        Layer layer = layers[index];
        return new Layer(
                address + layer.keys, layer.keyBytes, address + layer.values, layer.valueBytes);
    }

    /** How kernels number the type of a layer's elements. */
    int type(int layer) {
        return KNOWN.indexOf(spec.layers().get(layer).dtype());
    }

    @Override
    public KvSpec spec() {
        return spec;
    }

    @Override
    public long committedBytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            memory.free(address);
        }
    }
}
