package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoders equal the block formats bit for bit, whatever the bytes. */
class RowDecoderConformanceTest {

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    /** All codes, scales of any kind: subnormal, infinite, NaN. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void randomBytes(DType dtype) {
        byte[] bytes = new byte[(int) dtype.bytesFor(256 * 400)];
        new Random(3).nextBytes(bytes);
        assertDecodes(dtype, bytes, 256 * 400);
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void everyHalf(DType dtype) {
        byte[] bytes = new byte[2 * 65536];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int i = 0; i < 65536; i++) {
            segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) i);
        }
        assertDecodes(dtype, bytes, 65536);
    }

    /** Plain types have rows of any length. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void oddCounts(DType dtype) {
        byte[] bytes = new byte[(int) dtype.bytesFor(70)];
        new Random(4).nextBytes(bytes);
        for (int count = 0; count <= 70; count++) {
            assertDecodes(dtype, bytes, count);
        }
    }

    @Test
    void typesWithoutAKernelAreNamed() {
        assertThrows(UnsupportedDTypeException.class, () -> RowDecoders.of(DType.IQ4_NL));
    }

    private static void assertDecodes(DType dtype, byte[] bytes, int count) {
        float[] expected = new float[count];
        MemorySegment heap = MemorySegment.ofArray(bytes);
        BlockFormats.of(dtype).orElseThrow().dequantize(heap, 0, expected, 0, count);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(bytes.length + 1);
            data.asSlice(1).copyFrom(heap);
            float[] actual = new float[count + 3];
            RowDecoders.of(dtype).decode(data, 1, actual, 3, count);
            float[] shifted = new float[count];
            System.arraycopy(actual, 3, shifted, 0, count);
            Fixtures.assertSameBits(expected, shifted, dtype + " x" + count);
        }
    }
}
