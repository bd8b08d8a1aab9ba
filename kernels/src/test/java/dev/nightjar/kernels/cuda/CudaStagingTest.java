package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Copies are under way while the host goes on: the emulated device reads pinned memory as late as
 * it may, so whoever writes to it too early sees wrong numbers here.
 */
class CudaStagingTest {

    private static final int COLS = 2048;

    /** 21 MiB: chunks of eight, the first one filled a second time, and a rest. */
    private static final int ROWS = 2700;

    private static Backend cuda;

    @BeforeAll
    static void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.EXACT);
    }

    @AfterAll
    static void close() {
        if (cuda != null) {
            cuda.close();
        }
    }

    /** Row r holds r * COLS + c, exact in single precision up to the last. */
    @Test
    void weightsOfSeveralChunksArriveWhole() {
        Matrix out;
        int[] rows = {0, 1, 1023, 1024, 2047, 2048, ROWS - 1};
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_FLOAT, (long) ROWS * COLS);
            for (long i = 0; i < (long) ROWS * COLS; i++) {
                bytes.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
            }
            Tensor tensor = new Tensor(DType.F32, new Shape(ROWS, COLS), bytes);
            Weight table = cuda.prepare(WeightUse.EMBEDDING, List.of(tensor));
            bytes.fill((byte) 0x7f); // what was there is not needed any more
            out = Fixtures.matrix(cuda, COLS, new float[rows.length * COLS]);
            cuda.embed(table, index(rows), rows.length, out);
        }
        for (int i = 0; i < rows.length; i++) {
            float[] row = Fixtures.rows(out, i, 1);
            for (int c = 0; c < COLS; c++) {
                assertEquals((float) rows[i] * COLS + c, row[c]);
            }
        }
    }

    /** Steps that follow each other without anybody waiting each see their own indices. */
    @Test
    void indicesChangeBehindTheDevice() {
        Matrix x = Fixtures.matrix(cuda, 1, 0, 1, 2, 3, 4, 5, 6);
        IndexBuffer indices = cuda.allocateIndex(3);
        Matrix[] results = new Matrix[5];
        for (int step = 0; step < results.length; step++) {
            results[step] = Fixtures.matrix(cuda, 1, new float[3]);
        }
        for (int step = 0; step < results.length; step++) {
            for (int i = 0; i < 3; i++) {
                indices.host()[i] = step + i;
            }
            indices.commit(3);
            cuda.gatherRows(x, indices, 3, results[step]);
        }
        for (int step = 0; step < results.length; step++) {
            assertArrayEquals(
                    new float[] {step, step + 1, step + 2}, Fixtures.rows(results[step], 0, 3));
        }
    }

    @Test
    void partsOfBuffersAreWrittenAndRead() {
        DeviceBuffer buffer = cuda.allocate(10);
        buffer.write(3, new float[] {9, 1, 2, 3, 9}, 1, 3);
        buffer.write(6, new float[] {4}, 0, 1);
        float[] read = new float[7];
        buffer.read(2, read, 1, 6);
        assertArrayEquals(new float[] {0, 0, 1, 2, 3, 4, 0}, read);
        buffer.write(0, read, 0, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.write(8, read, 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.read(0, read, 6, 2));
    }

    private static IndexBuffer index(int... values) {
        IndexBuffer buffer = cuda.allocateIndex(values.length);
        System.arraycopy(values, 0, buffer.host(), 0, values.length);
        buffer.commit(values.length);
        return buffer;
    }
}
