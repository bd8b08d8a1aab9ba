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

    @Test
    void copiesOnlyTheFirstTokens() {
        try (CpuKvStore store = new CpuKvStore(spec(DType.F16, 3))) {
            writeAll(store, 0, 3 * P);
            store.copy(0, 2, 3);
            for (int token = 0; token < P; token++) {
                int slot = token < 3 ? token : 2 * P + token;
                assertEquals(mark(0, slot, 1, 5), store.key(2, 0, 1, token, 5));
                assertEquals(-mark(0, slot, 1, 5), store.value(2, 0, 1, token, 5));
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
