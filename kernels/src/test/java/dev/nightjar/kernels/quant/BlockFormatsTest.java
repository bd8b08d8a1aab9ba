package dev.nightjar.kernels.quant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void typesFromElsewhereAreNotWritten() {
        BlockFormat format = BlockFormats.of(DType.TQ2_0).orElseThrow();
        MemorySegment block = MemorySegment.ofArray(new byte[66]);
        var refused =
                assertThrows(
                        ReadOnlyFormatException.class,
                        () -> format.quantize(new float[256], 0, 256, block, 0));
        assertTrue(refused.getMessage().contains("TQ2_0"), refused.getMessage());
        assertTrue(refused.getMessage().contains("Q4_K"), refused.getMessage());
    }

    /** No error on values of [-1, 1) exceeds about one step of the format. */
    @ParameterizedTest
    @CsvSource({
        "F32, 0",
        "F16, 5e-4",
        "BF16, 4e-3",
        "Q8_0, 4.5e-3",
        "Q4_0, 0.15",
        "Q4_1, 0.08",
        "Q5_0, 0.07",
        "Q5_1, 0.04",
        "Q2_K, 0.5",
        "Q3_K, 0.35",
        "Q4_K, 0.1",
        "Q5_K, 0.05",
        "Q6_K, 0.04",
        "IQ4_NL, 0.15",
        "IQ4_XS, 0.15",
        "MXFP4, 0.26"
    })
    void roundTripStaysWithinOneStep(DType dtype, float tolerance) {
        float[] values = new float[512];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        assertArrayEquals(values, roundTrip(dtype, values), tolerance);
    }

    static List<DType> writable() {
        return BlockFormats.writable();
    }

    @ParameterizedTest
    @MethodSource("writable")
    void zerosStayZeros(DType dtype) {
        assertArrayEquals(new float[256], roundTrip(dtype, new float[256]));
    }

    /** Scales that underflow, and values at the ends of what a half can scale. */
    @ParameterizedTest
    @MethodSource("writable")
    void anyMagnitudeGivesFiniteBlocks(DType dtype) {
        Random random = new Random(2);
        for (float magnitude : new float[] {Float.MIN_VALUE, 1e-38f, 1e-20f, 1e-7f, 1e3f, 6e4f}) {
            float[] values = new float[256];
            for (int i = 0; i < values.length; i++) {
                values[i] = magnitude * (2 * random.nextFloat() - 1);
            }
            for (float value : roundTrip(dtype, values)) {
                assertTrue(Math.abs(value) <= 1.2f * magnitude, dtype + " at " + magnitude);
            }
        }
    }

    /** A constant has its own error in each format, but none of more than a few steps. */
    @ParameterizedTest
    @MethodSource("writable")
    void constantBlocksStayConstant(DType dtype) {
        for (float constant : new float[] {-0.75f, 0.75f}) {
            float[] values = new float[256];
            Arrays.fill(values, constant);
            float[] read = roundTrip(dtype, values);
            assertEquals(constant, read[0], 0.01f, dtype.toString());
            Arrays.fill(values, read[0]);
            assertArrayEquals(values, read);
        }
    }

    /** What comes out of blocks goes into the same blocks, or into equally good ones. */
    @ParameterizedTest
    @MethodSource("writable")
    void quantizingTwiceLosesLittle(DType dtype) {
        float[] values = new float[1024];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] once = roundTrip(dtype, values);
        float[] twice = roundTrip(dtype, once);
        assertTrue(rmse(once, twice) <= 0.25 * rmse(values, once), dtype.toString());
    }

    private static double rmse(float[] expected, float[] actual) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.pow(expected[i] - actual[i], 2);
        }
        return Math.sqrt(sum / expected.length);
    }

    /** Offsets that are not 0 must address source, target and bytes alike. */
    @ParameterizedTest
    @MethodSource("writable")
    void offsetsSelectTheSecondBlock(DType dtype) {
        BlockFormat format = BlockFormats.of(dtype).orElseThrow();
        float[] values = new float[3 + 512];
        for (int i = 3; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        byte[] file = new byte[1 + (int) dtype.bytesFor(512)];
        Arrays.fill(file, (byte) 0xa5); // what was there before must not matter
        MemorySegment bytes = MemorySegment.ofArray(file);
        format.quantize(values, 3, 512, bytes, 1);
        float[] all = new float[512];
        format.dequantize(bytes, 1, all, 0, 512);
        assertArrayEquals(roundTrip(dtype, Arrays.copyOfRange(values, 3, 515)), all);
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
