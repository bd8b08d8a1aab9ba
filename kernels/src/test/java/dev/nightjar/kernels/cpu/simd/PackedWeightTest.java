package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of weights in groups of rows, and of the calls that read them. */
class PackedWeightTest {

    private static final int COLS = 512;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    static List<DType> packed() {
        return GroupConformanceTest.packed();
    }

    @Test
    void extraMemoryIsThatOfTheGroups() {
        Tensor tensor = Fixtures.tensor(DType.Q8_0, 1, 33, 64);
        try (Backend packing = new VectorBackend(1);
                Backend inPlace =
                        new VectorBackend(1, WeightLayout.IN_PLACE, ActivationPrecision.EXACT)) {
            assertEquals(
                    Math.ceilDiv(33, GroupLayout.ROWS) * GroupLayout.ROWS * tensor.rowBytes(),
                    packing.prepare(WeightUse.MATMUL, List.of(tensor)).extraBytes());
            assertEquals(0, inPlace.prepare(WeightUse.MATMUL, List.of(tensor)).extraBytes());
        }
    }

    /** Compiled code boxes no vectors, and buffers grow only for larger batches. */
    @ParameterizedTest
    @MethodSource("packed")
    void callsAllocateNothing(DType dtype) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Tensor tensor = Fixtures.tensor(dtype, 2, 256, COLS);
        try (Backend backend = new VectorBackend(1)) {
            Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
            Matrix in = Fixtures.matrix(backend, COLS, Fixtures.uniform(12 * COLS, 5));
            Matrix out = Fixtures.zeros(backend, 12, 256);
            long least = Long.MAX_VALUE;
            long end = System.nanoTime() + 20_000_000_000L;
            while (least > 0 && System.nanoTime() < end) {
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
                for (int i = 0; i < 5; i++) {
                    backend.matmul(weight, in, 1, out);
                    backend.matmul(weight, in, 12, out);
                }
                long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
                least = Math.min(least, after - before);
            }
            assertEquals(0, least, "bytes per call once compiled");
        }
    }

    /** A mapped file is read once; later reads of it still see the weights. */
    @Test
    void mappedWeightsStayReadable() throws Exception {
        Tensor tensor = Fixtures.tensor(DType.Q8_0, 6, 64, COLS);
        var file = Files.createTempFile("weights", ".bin");
        try (Arena arena = Arena.ofShared();
                Backend backend = new VectorBackend(2)) {
            Files.write(file, tensor.data().toArray(ValueLayout.JAVA_BYTE));
            MemorySegment mapped;
            try (var channel = FileChannel.open(file)) {
                mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            }
            Tensor copy = new Tensor(DType.Q8_0, tensor.shape(), mapped);
            float[] x = Fixtures.uniform(COLS, 7);
            Fixtures.assertSameBits(
                    matmul(backend, tensor, x, 1), matmul(backend, copy, x, 1), "mapped");
            assertTrue(mapped.mismatch(tensor.data()) == -1);
        } finally {
            Files.delete(file);
        }
    }

    private static float[] matmul(Backend backend, Tensor tensor, float[] x, int T) {
        Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
        Matrix out = Fixtures.zeros(backend, T, weight.rows());
        backend.matmul(weight, Fixtures.matrix(backend, COLS, x), T, out);
        return Fixtures.rows(out, 0, T);
    }
}
