package dev.nightjar.kernels.cpu.simd.assembled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes and records, byte by byte, against loops that say what they are. */
class BlockCodesConformanceTest {

    private static final int BLOCK = NativeTiles.BLOCK;
    private static final int RECORD = 16;
    private static final byte UNTOUCHED = 0x55;

    @BeforeEach
    void processor() {
        assumeTrue(AssembledProducts.areSupported(), "nothing is assembled for these vectors");
    }

    @ParameterizedTest
    @EnumSource(names = {"NATURAL", "SIXES", "WIDE", "SHORTS"})
    void blocksOfAllMagnitudes(TileForm form) {
        SplittableRandom random = new SplittableRandom(7);
        for (int blocks = 1; blocks <= 19; blocks += 3) {
            float[] x = new float[blocks * BLOCK];
            for (int i = 0; i < x.length; i++) {
                double scale = Math.pow(10, i / BLOCK * 7 % 60 - 30);
                x[i] = (float) ((random.nextDouble() - 0.5) * scale);
            }
            check(form, x);
        }
    }

    /** Multiples of half a code: each is rounded to the even one of its neighbours. */
    @ParameterizedTest
    @EnumSource(names = {"NATURAL", "SIXES", "WIDE", "SHORTS"})
    void ties(TileForm form) {
        float[] x = new float[2 * BLOCK];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - BLOCK) * 0.5f;
        }
        x[0] = form.isWide() ? -16256 : -127;
        x[BLOCK] = -x[0];
        check(form, x);
    }

    /** All codes as large as they may be, of one sign: no sum overflows. */
    @ParameterizedTest
    @EnumSource(names = {"NATURAL", "SIXES", "WIDE", "SHORTS"})
    void largestSums(TileForm form) {
        float[] x = new float[2 * BLOCK];
        Arrays.fill(x, 0, BLOCK, -3);
        Arrays.fill(x, BLOCK, 2 * BLOCK, 3);
        check(form, x);
    }

    @ParameterizedTest
    @EnumSource(names = {"NATURAL", "SIXES", "WIDE", "SHORTS"})
    void whatHasNoInverse(TileForm form) {
        float[] x = new float[8 * BLOCK];
        Arrays.fill(x, 1);
        Arrays.fill(x, 0, BLOCK, 0);
        x[1] = -0f;
        Arrays.fill(x, BLOCK, 2 * BLOCK, Float.MIN_VALUE);
        Arrays.fill(x, 2 * BLOCK, 3 * BLOCK, Float.MIN_NORMAL);
        x[3 * BLOCK + 5] = Float.NaN;
        x[4 * BLOCK + 31] = Float.NEGATIVE_INFINITY;
        x[5 * BLOCK] = Float.POSITIVE_INFINITY;
        x[5 * BLOCK + 9] = Float.NaN;
        x[6 * BLOCK + 17] = Float.MAX_VALUE;
        check(form, x);
    }

    private static void check(TileForm form, float[] x) {
        int blocks = x.length / BLOCK;
        int rows = 3;
        int row = 1;
        int step = form.bytes(rows);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_FLOAT, x);
            MemorySegment out = arena.allocate((long) blocks * step, 64).fill(UNTOUCHED);
            long codes = out.address() + form.codes(row);
            long record = out.address() + form.record(rows, row);
            BlockCodes.of(form).write(in.address(), blocks, codes, record, step);
            for (int b = 0; b < blocks; b++) {
                int[] expected = new int[BLOCK];
                float factor = quantize(x, b * BLOCK, form.isWide() ? 16256 : 127, expected);
                long at = (long) b * step;
                checkCodes(form, expected, out.asSlice(at + form.codes(row), form.codeBytes), b);
                checkRecord(
                        form, expected, factor, out.asSlice(at + form.record(rows, row), RECORD));
                checkUntouched(out, at + form.codes(row - 1), form.codeBytes);
                checkUntouched(out, at + form.codes(row + 1), form.codeBytes);
                checkUntouched(out, at + form.record(rows, row - 1), RECORD);
                checkUntouched(out, at + form.record(rows, row + 1), RECORD);
            }
        }
    }

    private static void checkUntouched(MemorySegment out, long from, int count) {
        for (long i = from; i < from + count; i++) {
            assertEquals(UNTOUCHED, out.get(ValueLayout.JAVA_BYTE, i), "another row's");
        }
    }

    private static float quantize(float[] x, int from, int levels, int[] codes) {
        float most = 0;
        for (int i = 0; i < BLOCK; i++) {
            most = Math.max(most, Math.abs(x[from + i])); // no number if one is none
        }
        float inverse = levels / most;
        if (!Float.isFinite(most)) {
            return Float.NaN;
        }
        if (Float.isInfinite(inverse)) {
            return 0;
        }
        for (int i = 0; i < BLOCK; i++) {
            codes[i] = (int) Math.rint(x[from + i] * inverse);
        }
        return most / levels;
    }

    private static void checkCodes(TileForm form, int[] codes, MemorySegment found, int block) {
        for (int i = 0; i < BLOCK; i++) {
            String place = form + ", block " + block + ", code " + i;
            switch (form) {
                case NATURAL -> assertEquals(codes[i], signed(found, i), place);
                case SIXES -> assertEquals(codes[i], signed(found, placeOfSix(i)), place);
                case WIDE -> {
                    int upper = signed(found, i);
                    int lower = signed(found, BLOCK + i);
                    assertEquals(codes[i], 128 * upper + lower, place);
                    assertTrue(lower >= -64 && lower < 64, place);
                }
                case SHORTS -> {
                    int at = i / 4 * 4 + new int[] {0, 2, 1, 3}[i % 4];
                    assertEquals(codes[i], found.get(ValueLayout.JAVA_SHORT, 2L * at), place);
                }
                default -> throw new AssertionError(form);
            }
        }
    }

    /** Pairs of the first eight and of the last eight of a run in turns. */
    private static int placeOfSix(int i) {
        int half = i % 16 / 8;
        int pair = i % 8 / 2;
        return i / 16 * 16 + 4 * pair + 2 * half + i % 2;
    }

    private static int signed(MemorySegment bytes, int i) {
        return bytes.get(ValueLayout.JAVA_BYTE, i);
    }

    private static void checkRecord(
            TileForm form, int[] codes, float factor, MemorySegment record) {
        int sum = sum(codes, 0, BLOCK);
        assertEquals(factor, record.get(ValueLayout.JAVA_FLOAT, NativeTiles.FACTOR));
        assertEquals(factor * sum, record.get(ValueLayout.JAVA_FLOAT, NativeTiles.TOTAL));
        boolean inShorts = !AssembledProducts.SET.orElseThrow().addsFour();
        int start = record.get(ValueLayout.JAVA_INT, NativeTiles.START);
        switch (form) {
            case NATURAL -> assertEquals(inShorts ? both(-4 * sum, -4 * sum) : -8 * sum, start);
            case SIXES -> {
                assertEquals(startOfRun(codes, 0, inShorts), start);
                int second = record.get(ValueLayout.JAVA_INT, NativeTiles.START + 4);
                assertEquals(startOfRun(codes, 16, inShorts), second);
            }
            default -> assertEquals(-128 * sum, start);
        }
    }

    private static int startOfRun(int[] codes, int from, boolean inShorts) {
        int lower = -32 * sum(codes, from, from + 8);
        int upper = -32 * sum(codes, from + 8, from + 16);
        return inShorts ? both(lower, upper) : lower + upper;
    }

    private static int both(int lower, int upper) {
        return upper << 16 | lower & 0xffff;
    }

    private static int sum(int[] codes, int from, int to) {
        return Arrays.stream(codes, from, to).sum();
    }
}
