package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.CpuWeights;
import dev.nightjar.kernels.cpu.simd.kv.KvFormat;
import java.util.Optional;

/** The arguments of one attention op that all its tiles share. */
public final class AttentionCall {

    Matrix q;
    float[] qData;
    CpuKvStore store;
    int layer;
    AttentionSpec spec;
    KvFormat format;
    int[] blockTables;
    Matrix out;
    float[] outData;

    /** Slopes {@code [H]}, null if there are none. */
    float[] slopes;

    /** Sinks {@code [H]}, null if there are none. */
    float[] sinks;

    void set(
            Matrix newQ,
            CpuKvStore newStore,
            int newLayer,
            AttentionSpec newSpec,
            int[] newBlockTables,
            int T,
            Matrix newOut) {
        q = newQ;
        qData = CpuMatrices.data(q, T);
        store = newStore;
        layer = newLayer;
        spec = newSpec;
        format = KvFormat.of(store.spec().layers().get(layer).dtype());
        blockTables = newBlockTables;
        out = newOut;
        outData = CpuMatrices.data(out, T);
        slopes = perHead(spec.slopes());
        sinks = perHead(spec.sinks());
    }

    private float[] perHead(Optional<Weight> values) {
        return values.isEmpty() ? null : CpuWeights.asVector(values.get(), spec.numHeads());
    }
}
