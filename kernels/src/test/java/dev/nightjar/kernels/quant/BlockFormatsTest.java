package dev.nightjar.kernels.quant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The layouts byte by byte, and what survives a round trip. */
class BlockFormatsTest {

    @Test
    void knowsEveryFormatByItsType() {
        for (DType dtype : BlockFormats.known()) {
            assertEquals(dtype, BlockFormats.of(dtype).orElseThrow().dtype());
        }
        assertEquals(20, BlockFormats.known().stream().distinct().count());
        assertTrue(BlockFormats.of(DType.IQ2_XS).isEmpty());
    }

    /** Errors are bounded by the step of each format on values of [-1, 1). */
    @ParameterizedTest
    @CsvSource({
        "F32, 0",
        "F16, 5e-4",
        "BF16, 4e-3",
        "Q8_0, 4.5e-3",
        "Q4_0, 0.13",
        "Q4_K, 0.1",
        "Q6_K, 0.025"
    })
    void roundTripStaysWithinOneStep(DType dtype, float tolerance) {
        float[] values = new float[512];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        assertArrayEquals(values, roundTrip(dtype, values), tolerance);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void zerosStayZeros(DType dtype) {
        assertArrayEquals(new float[256], roundTrip(dtype, new float[256]));
    }

    /** Offsets that are not 0 must address source, target and bytes alike. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void offsetsSelectTheSecondBlock(DType dtype) {
        BlockFormat format = BlockFormats.of(dtype).orElseThrow();
        float[] values = new float[3 + 512];
        for (int i = 3; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        MemorySegment bytes = MemorySegment.ofArray(new byte[1 + (int) dtype.bytesFor(512)]);
        format.quantize(values, 3, 512, bytes, 1);
        float[] all = new float[512];
        format.dequantize(bytes, 1, all, 0, 512);
        float[] second = new float[5 + 256];
        format.dequantize(bytes, 1 + dtype.bytesFor(256), second, 5, 256);
        for (int i = 0; i < 256; i++) {
            assertEquals(all[256 + i], second[5 + i]);
        }
    }

    @Test
    void q8_0IsScaleThenSignedBytes() {
        byte[] block = new byte[34];
        block[1] = 0x38; // 0.5
        block[2] = -128;
        block[33] = 127;
        float[] x = dequantize(DType.Q8_0, block, 32);
        assertEquals(-64f, x[0]);
        assertEquals(0f, x[1]);
        assertEquals(63.5f, x[31]);
    }

    @Test
    void q4_0PairsElementsSixteenApart() {
        byte[] block = new byte[18];
        block[1] = 0x3c; // 1
        block[2] = (byte) 0xf0;
        block[17] = 0x1a;
        float[] x = dequantize(DType.Q4_0, block, 32);
        assertEquals(-8f, x[0]);
        assertEquals(7f, x[16]);
        assertEquals(2f, x[15]);
        assertEquals(-7f, x[31]);
    }

    @Test
    void q4_KSplitsTheUpperScalesOverTwoBytes() {
        byte[] block = new byte[144];
        block[1] = 0x3c; // d = 1
        block[3] = 0x40; // dmin = 2
        block[4] = (byte) 0b10_000011; // sc[0] = 3, upper bits of sc[4] = 2
        block[8] = (byte) 0b01_000101; // mn[0] = 5, upper bits of mn[4] = 1
        block[12] = (byte) 0x7b; // lower bits: sc[4] = 11, mn[4] = 7
        block[16] = 0x04; // q[0] = 4
        block[16 + 64] = 0x09; // q[128] = 9, in sub-block 4
        float[] x = dequantize(DType.Q4_K, block, 256);
        assertEquals(3f * 4 - 2f * 5, x[0]);
        assertEquals((2 << 4 | 11) * 9f - 2f * (1 << 4 | 7), x[128]);
    }

    @Test
    void q6_KTakesUpperBitsFromTheSecondTable() {
        byte[] block = new byte[210];
        block[209] = 0x3c; // d = 1
        block[192] = 2; // scale of elements 0..15
        block[192 + 14] = -128; // scale of elements 224..239
        block[0] = 0x05; // low nibble: element 0
        block[128] = 0x01; // its upper bits: 1
        block[64 + 32] = (byte) 0x30; // high nibble: element 128 + 96
        block[160] = (byte) 0xc0; // its upper bits: 3
        float[] x = dequantize(DType.Q6_K, block, 256);
        assertEquals(2f * ((1 << 4 | 5) - 32), x[0]);
        assertEquals(-128f * ((3 << 4 | 3) - 32), x[224]);
    }

    @Test
    void halvesCoverSubnormalsAndInfinities() {
        byte[] bytes = HexFormat.of().parseHex("0100ff03007c00fc01807bff");
        assertArrayEquals(
                new float[] {
                    0x1p-24f,
                    1023 * 0x1p-24f,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    -0x1p-24f,
                    Float.NaN
                },
                dequantize(DType.F16, bytes, 6));
    }

    @Test
    void bfloat16RoundsTiesToEvenAndKeepsNaN() {
        assertEquals(0x3f80, BFloat16.fromFloat(Float.intBitsToFloat(0x3f808000)));
        assertEquals(0x3f82, BFloat16.fromFloat(Float.intBitsToFloat(0x3f818000)));
        assertEquals(0x3f81, BFloat16.fromFloat(Float.intBitsToFloat(0x3f808001)));
        assertTrue(Float.isNaN(BFloat16.toFloat(BFloat16.fromFloat(Float.NaN))));
        assertTrue(
                Float.isNaN(
                        BFloat16.toFloat(BFloat16.fromFloat(Float.intBitsToFloat(0x7f800001)))));
    }

    private static float[] roundTrip(DType dtype, float[] values) {
        BlockFormat format = BlockFormats.of(dtype).orElseThrow();
        byte[] bytes = new byte[(int) dtype.bytesFor(values.length)];
        format.quantize(values, 0, values.length, MemorySegment.ofArray(bytes), 0);
        return dequantize(dtype, bytes, values.length);
    }

    private static float[] dequantize(DType dtype, byte[] bytes, int count) {
        float[] target = new float[count];
        BlockFormats.of(dtype)
                .orElseThrow()
                .dequantize(MemorySegment.ofArray(bytes), 0, target, 0, count);
        return target;
    }
}
