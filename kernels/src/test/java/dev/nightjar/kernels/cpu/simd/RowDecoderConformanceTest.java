package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoders;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders equal the block formats bit for bit, whatever the bytes. */
class RowDecoderConformanceTest {

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    static List<DType> known() {
        return BlockFormats.known();
    }

    /** All codes, scales of any kind: subnormal, infinite, NaN. */
    @ParameterizedTest
    @MethodSource("known")
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

    @ParameterizedTest
    @EnumSource(names = {"F8_E4M3", "F8_E5M2"})
    void everyByte(DType dtype) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        assertDecodes(dtype, bytes, 256);
    }

    /** Plain types have rows of any length. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"})
    void oddCounts(DType dtype) {
        byte[] bytes = new byte[(int) dtype.bytesFor(70)];
        new Random(4).nextBytes(bytes);
        for (int count = 0; count <= 70; count++) {
            assertDecodes(dtype, bytes, count);
        }
    }

    /** One block alone, at the very end of its memory: nothing behind it may be touched. */
    @ParameterizedTest
    @MethodSource("known")
    void lastBlock(DType dtype) {
        byte[] bytes = new byte[dtype.blockBytes()];
        new Random(5).nextBytes(bytes);
        assertDecodes(dtype, bytes, dtype.blockSize());
    }

    @ParameterizedTest
    @EnumSource(names = {"IQ1_S", "IQ2_XXS", "IQ3_S", "NVFP4", "Q8_1"})
    void typesWithoutAKernelAreNamed(DType dtype) {
        var refused = assertThrows(UnsupportedDTypeException.class, () -> RowDecoders.of(dtype));
        assertTrue(refused.getMessage().contains(dtype.toString()), refused.getMessage());
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
