package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.cpu.simd.decode.RowDecoders;
import dev.nightjar.kernels.cpu.simd.dot.DotTiles;
import dev.nightjar.kernels.cpu.simd.dot.RowDots;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products in registers equal decoder and tile bit for bit, whatever the bytes. */
class RowDotConformanceTest {

    private static final int COLS = 768;
    private static final int ROWS = 60;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    static Stream<DType> types() {
        return Arrays.stream(DType.values()).filter(type -> RowDots.of(type).isPresent());
    }

    @Test
    void theFormatsOfMostCheckpointsAreThere() {
        var expected =
                Stream.of(
                        DType.F32,
                        DType.F16,
                        DType.BF16,
                        DType.Q8_0,
                        DType.Q4_0,
                        DType.Q4_1,
                        DType.Q5_0,
                        DType.Q4_K,
                        DType.Q5_K,
                        DType.Q6_K,
                        DType.IQ4_NL,
                        DType.MXFP4);
        assertTrue(expected.allMatch(type -> RowDots.of(type).isPresent()));
    }

    /** All codes, scales of any kind: subnormal, infinite, NaN. */
    @ParameterizedTest
    @MethodSource("types")
    void randomBytes(DType dtype) {
        byte[] bytes = new byte[(int) dtype.bytesFor(COLS * ROWS)];
        new Random(5).nextBytes(bytes);
        assertEqualsPanel(dtype, bytes);
    }

    /** Without the two top bits of each byte no scale is infinite or NaN: every row counts. */
    @ParameterizedTest
    @MethodSource("types")
    void finiteRows(DType dtype) {
        byte[] bytes = new byte[(int) dtype.bytesFor(COLS * ROWS)];
        new Random(6).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= 0x3f;
        }
        for (float lane : assertEqualsPanel(dtype, bytes)) {
            assertTrue(Float.isFinite(lane), dtype.toString());
        }
    }

    /** The accumulators of all rows. */
    private static float[] assertEqualsPanel(DType dtype, byte[] bytes) {
        float[] x = Fixtures.uniform(COLS + 5, 7);
        float[] row = new float[COLS];
        float[] expected = new float[ROWS * VectorShapes.LANES];
        float[] actual = new float[expected.length];
        float[] lanes = new float[VectorShapes.LANES];
        long rowBytes = dtype.bytesFor(COLS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(bytes.length + 1);
            data.asSlice(1).copyFrom(MemorySegment.ofArray(bytes));
            for (int r = 0; r < ROWS; r++) {
                int at = r * VectorShapes.LANES;
                RowDecoders.of(dtype).decode(data, 1 + r * rowBytes, row, 0, COLS);
                DotTiles.dot1x1(row, 0, x, 5, COLS, lanes);
                System.arraycopy(lanes, 0, expected, at, lanes.length);
                RowDots.of(dtype).orElseThrow().dot(data, 1 + r * rowBytes, x, 5, COLS, actual, at);
            }
        }
        Fixtures.assertSameBits(expected, actual, dtype.toString());
        return actual;
    }
}
