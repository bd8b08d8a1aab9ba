package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceMemoryException;
import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A device of one mebibyte: what lies there is counted, and what does not fit is explained. */
class CudaMemoryTest {

    private static final int MEBIBYTE = 1 << 20;

    /** Fills the device and prints what it holds, then what is said of too much. */
    static final class Program {

        public static void main(String[] args) {
            var options = new BackendOptions(Optional.of("cuda"), 1);
            try (Backend device = Backends.open(options)) {
                fill(device);
                print(device.deviceUse().orElseThrow());
            }
        }

        private static void fill(Backend device) {
            try (Backend model = device.forModel()) {
                model.prepare(WeightUse.MATMUL, List.of(Fixtures.tensor(DType.F32, 2, 256, 512)));
                model.allocate(1000);
                model.allocateIndex(24);
                print(model.deviceUse().orElseThrow());
                refuse(() -> model.allocateKv(pool(256)));
                refuse(() -> model.allocate(MEBIBYTE));
                refuse(
                        () ->
                                model.prepare(
                                        WeightUse.MATMUL,
                                        List.of(Fixtures.tensor(DType.F32, 3, 256, 512))));
                try (var pool = model.allocateKv(pool(2))) {
                    System.out.println(pool.committedBytes());
                    print(model.deviceUse().orElseThrow());
                }
                print(model.deviceUse().orElseThrow());
            }
        }

        private static KvSpec pool(int numBlocks) {
            return new KvSpec(List.of(new KvLayerSpec(2, 64, 64, DType.F32)), 16, numBlocks);
        }

        private static void print(DeviceUse use) {
            System.out.printf(
                    "%d %d %d %d %d%n",
                    use.weights(), use.cache(), use.workspace(), use.free(), use.total());
        }

        private static void refuse(Runnable allocation) {
            try {
                allocation.run();
                System.out.println("taken");
            } catch (DeviceMemoryException full) {
                System.out.println(full.ofModel("m", 2 * MEBIBYTE, 3 * MEBIBYTE, 512).getMessage());
            }
        }
    }

    @Test
    void everyComponentIsCountedAndShortageExplained() {
        List<String> said =
                EmulatedDevice.runJava(
                                Program.class,
                                List.of(),
                                List.of("-Duser.language=en"),
                                "NIGHTJAR_EMULATION_MEMORY",
                                Integer.toString(MEBIBYTE))
                        .output()
                        .lines()
                        .toList();
        int weights = 256 * 512 * Float.BYTES;
        int workspace = 1000 * Float.BYTES + 24 * Integer.BYTES;
        int free = MEBIBYTE - weights - workspace;
        String loaded = "%d 0 %d %d %d".formatted(weights, workspace, free, MEBIBYTE);
        assertEquals(loaded, said.get(0));
        String cache = said.get(1);
        assertTrue(cache.startsWith("out of memory on cuda:0: no room for 4.00 MiB of KV"), cache);
        assertTrue(cache.contains("508.00 KiB of 1.00 MiB are free"), cache);
        assertTrue(cache.contains("allocated so far are 512.00 KiB of weights, 0.00 KiB"), cache);
        assertTrue(
                cache.contains(
                        "model m needs 2.00 MiB of weights, 3.00 MiB of KV cache and 0.50 KiB of"
                                + " workspace, 5.00 MiB in all"),
                cache);
        assertTrue(cache.contains("lower --kv-memory or --max-context"), cache);
        assertTrue(said.get(2).contains("4.00 MiB of workspace"), said.get(2));
        assertTrue(said.get(2).contains("--max-batched-tokens"), said.get(2));
        assertTrue(said.get(3).contains("for 512.00 KiB of weights"), said.get(3));
        assertTrue(said.get(3).contains("take another quantization"), said.get(3));
        int pool = 2 * 16 * 2 * 2 * 64 * Float.BYTES;
        assertEquals(Integer.toString(pool), said.get(4));
        assertEquals(
                "%d %d %d %d %d".formatted(weights, pool, workspace, free - pool, MEBIBYTE),
                said.get(5));
        assertEquals(loaded, said.get(6));
        assertEquals("0 0 0 %1$d %1$d".formatted(MEBIBYTE), said.get(7));
    }
}
