package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;

/** The arguments of one attention op that all its tiles share. */
final class AttentionCall {

    Matrix q;
    float[] qData;
    CpuKvStore store;
    int layer;
    AttentionSpec shape;
    RowDecoder decoder;
    Matrix out;
    float[] outData;

    void set(
            Matrix newQ,
            float[] newQData,
            CpuKvStore newStore,
            int newLayer,
            AttentionSpec newShape,
            Matrix newOut,
            float[] newOutData) {
        q = newQ;
        qData = newQData;
        store = newStore;
        layer = newLayer;
        shape = newShape;
        decoder = RowDecoders.of(store.spec().layers().get(layer).dtype());
        out = newOut;
        outData = newOutData;
    }
}
