package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuKvStoreTest {

    private static final int P = 4;
    private static final int K = 2;
    private static final int D = 6;

    private static KvSpec spec(DType dtype, int numBlocks) {
        var layer = new KvLayerSpec(K, D, dtype);
        return new KvSpec(List.of(layer, new KvLayerSpec(1, 3, dtype), layer), P, numBlocks);
    }

    /** A small integer that every element type holds exactly. */
    private static float mark(int layer, int slot, int head, int d) {
        return (layer * 31 + slot * 7 + head * 3 + d) % 97;
    }

    private static void writeAll(CpuKvStore store, int layer, int numSlots) {
        float[] k = new float[K * D];
        float[] v = new float[K * D];
        for (int slot = 0; slot < numSlots; slot++) {
            for (int i = 0; i < k.length; i++) {
                k[i] = mark(layer, slot, i / D, i % D);
                v[i] = -k[i];
            }
            store.commit(slot / P);
            store.write(layer, slot, k, 0, v, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void keepsEveryElementOfEveryLayerApart(DType dtype) {
        try (CpuKvStore store = new CpuKvStore(spec(dtype, 3))) {
            writeAll(store, 0, 3 * P);
            writeAll(store, 2, 3 * P);
            for (int layer = 0; layer <= 2; layer += 2) {
                for (int slot = 0; slot < 3 * P; slot++) {
                    for (int i = 0; i < K * D; i++) {
                        float expected = mark(layer, slot, i / D, i % D);
                        assertEquals(expected, store.key(slot / P, layer, i / D, slot % P, i % D));
                        assertEquals(
                                -expected, store.value(slot / P, layer, i / D, slot % P, i % D));
                    }
                }
            }
        }
    }

    /** Two runs of elements per head, of which the second is short and small. */
    @Test
    void bytesAreWithinHalfAStepOfTheirRun() {
        int dim = 40;
        var layer = new KvLayerSpec(2, dim, DType.Q8_0);
        assertEquals(2 * 2 * (40 + 2 * 2), layer.bytesPerToken());
        float[] k = new float[2 * dim];
        float[] v = new float[2 * dim];
        try (CpuKvStore store = new CpuKvStore(new KvSpec(List.of(layer, layer), P, 2))) {
            for (int slot = 0; slot < 2 * P; slot++) {
                fill(k, v, dim, slot);
                store.commit(slot / P);
                store.write(1, slot, k, 0, v, 0);
            }
            for (int slot = 0; slot < 2 * P; slot++) {
                fill(k, v, dim, slot);
                for (int i = 0; i < 2 * dim; i++) {
                    // the scale is rounded to a half, 11 bits, which 127 codes add up to
                    float step = (i % dim < 32 ? 40f : 0.4f) / 127 * 0.57f;
                    assertEquals(k[i], store.key(slot / P, 1, i / dim, slot % P, i % dim), step);
                    assertEquals(v[i], store.value(slot / P, 1, i / dim, slot % P, i % dim), step);
                }
            }
        }
    }

    private static void fill(float[] k, float[] v, int dim, int slot) {
        for (int i = 0; i < k.length; i++) {
            float value = (float) Math.sin(i * 7.3 + slot) * 40;
            k[i] = i % dim < 32 ? value : value / 100;
            v[i] = -k[i];
        }
    }

    @Test
    void magnitudesBeyondHalvesAreBounded() {
        for (DType dtype : List.of(DType.F16, DType.Q8_0)) {
            var layer = new KvLayerSpec(1, 2, dtype);
            try (CpuKvStore store = new CpuKvStore(new KvSpec(List.of(layer), P, 1))) {
                store.commit(0);
                store.write(0, 1, new float[] {1e30f, 0}, 0, new float[] {0, -1e30f}, 0);
                float bound = dtype == DType.F16 ? 65504 : 65504f * 127;
                assertEquals(bound, store.key(0, 0, 0, 1, 0));
                assertEquals(0, store.key(0, 0, 0, 1, 1));
                assertEquals(-bound, store.value(0, 0, 0, 1, 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0"})
    void copiesOnlyTheFirstTokens(DType dtype) {
        try (CpuKvStore store = new CpuKvStore(spec(dtype, 3))) {
            writeAll(store, 0, 3 * P);
            store.copy(0, 2, 3);
            for (int token = 0; token < P; token++) {
                int slot = token < 3 ? token : 2 * P + token;
                float step = dtype == DType.Q8_0 ? 0.5f : 0;
                assertEquals(mark(0, slot, 1, 5), store.key(2, 0, 1, token, 5), step);
                assertEquals(-mark(0, slot, 1, 5), store.value(2, 0, 1, token, 5), step);
            }
        }
    }

    @Test
    void commitsGroupsAsTheyAreWritten() {
        KvSpec spec = spec(DType.F32, CpuKvStore.BLOCKS_PER_GROUP + 1);
        try (CpuKvStore store = new CpuKvStore(spec)) {
            assertEquals(0, store.committedBytes());
            store.commit(CpuKvStore.BLOCKS_PER_GROUP);
            assertEquals(spec.blockBytes(), store.committedBytes());
            store.commit(0);
            store.commit(1);
            assertEquals(
                    spec.blockBytes() * (CpuKvStore.BLOCKS_PER_GROUP + 1), store.committedBytes());
        }
    }

    @Test
    void saysWhatIsWrong() {
        try (CpuKvStore store = new CpuKvStore(spec(DType.F32, 2))) {
            assertThrows(IllegalStateException.class, () -> store.segment(1));
            assertThrows(IndexOutOfBoundsException.class, () -> store.commit(2));
            assertThrows(IndexOutOfBoundsException.class, () -> store.commit(-1));
        }
        assertThrows(UnsupportedDTypeException.class, () -> new CpuKvStore(spec(DType.I8, 2)));
    }

    @Test
    void closesTwice() {
        CpuKvStore store = new CpuKvStore(spec(DType.F32, 2));
        store.commit(0);
        store.close();
        store.close();
        assertThrows(
                IllegalStateException.class,
                () -> store.write(0, 0, new float[K * D], 0, new float[K * D], 0));
    }
}
