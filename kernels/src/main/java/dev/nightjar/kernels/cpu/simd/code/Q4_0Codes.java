package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.ReadAhead;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q4_0 as integers. Loops over a group step by what is no constant to the compiler: they then stay
 * in one piece, and memory is prefetched at its full speed. Their bodies are as small as that
 * allows, because the compiler gives up on vectors in methods with too many operations.
 */
public final class Q4_0Codes implements NibbleFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    /** Blocks whose sums are added in one go. */
    private static final int TOGETHER = 8;

    private final GroupLayout layout;
    private int blockStep;

    /** Bits of a code, not a constant to the compiler, which has no short way to shift by those. */
    private int bits = 4;

    /** Bytes of two words, not a constant to the compiler. */
    private int twoWords = 2 * GroupLayout.WORD_BYTES;

    /** Of groups in this layout. */
    public Q4_0Codes(GroupLayout layout) {
        this.layout = layout;
        blockStep = layout.stepBytes();
    }

    @Override
    public CodeOrder order() {
        return CodeOrder.NIBBLES;
    }

    @Override
    public int maxAlone() {
        return VectorShapes.BITS == 512 ? 1 : 6;
    }

    @Override
    public boolean hasMinima() {
        return false;
    }

    @Override
    public void unpack(
            MemorySegment data, long first, long second, int count, CodeScratch scratch) {
        for (int k = 0; k < count; k += 32) {
            int at = k / 32 * CodeScratch.ROWS;
            factors(data, first, scratch.factors, at);
            factors(data, second, scratch.factors, at + ROWS);
            long words = first + GroupLayout.HALF_BYTES;
            NibbleCodes.unpack(data, words, 1, k, 0, scratch);
            words = second + GroupLayout.HALF_BYTES;
            NibbleCodes.unpack(data, words, 1, k, 1, scratch);
            first += layout.stepBytes();
            second += layout.stepBytes();
        }
    }

    private static void factors(MemorySegment data, long block, float[] factors, int to) {
        for (int lane = 0; lane < ROWS; lane += L) {
            long at = block + 2 * lane;
            ((IntVector)
                            ShortVector.fromMemorySegment(S, data, at, LITTLE_ENDIAN)
                                    .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(0x8fffe000)
                    .reinterpretAsFloats()
                    .mul(0x1p112f)
                    .intoArray(factors, to + lane);
        }
    }

    /** A lane of 16 bits sums every other column. */
    @Override
    public void dot(
            MemorySegment data,
            long block,
            QuantizedRows x,
            int row,
            int rows,
            int n,
            CodeScratch scratch) {
        long end = block + layout.bytes(n);
        int p = row * (x.cols / 2);
        int b = row * (x.cols / 32);
        int[] pairs = x.in(order());
        FloatVector sum0 = FloatVector.zero(F);
        FloatVector sum1 = FloatVector.zero(F);
        int step = twoWords;
        int blockBytes = blockStep;
        int four = bits;
        int eight = 2 * bits;
        int twelve = 3 * bits;
        long ahead = ReadAhead.of(data, end);
        int touched = 0;
        for (; block < end; block += blockBytes, p += 8, b++) {
            long word = block + GroupLayout.HALF_BYTES;
            long last = word + 4 * GroupLayout.WORD_BYTES;
            ShortVector s = IntVector.broadcast(I, x.starts[b]).reinterpretAsShorts();
            ShortVector t = s;
            ShortVector v;
            ShortVector w;
            for (; word < last; word += step, p += 4) {
                touched += ReadAhead.twoWords(data, word + ahead);
                ShortVector y;
                v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN).reinterpretAsShorts();
                w =
                        IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                y = IntVector.broadcast(I, pairs[p + 0]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 8]).reinterpretAsShorts();
                s = v.lanewise(LSHR, four).mul(y).add(s);
                t = w.lanewise(LSHR, four).mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 1]).reinterpretAsShorts();
                s = v.lanewise(LSHR, eight).mul(y).add(s);
                t = w.lanewise(LSHR, eight).mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 9]).reinterpretAsShorts();
                s = v.lanewise(LSHR, twelve).mul(y).add(s);
                t = w.lanewise(LSHR, twelve).mul(y).add(t);
                v =
                        IntVector.fromMemorySegment(
                                        I, data, word + GroupLayout.WORD_BYTES, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                w =
                        IntVector.fromMemorySegment(
                                        I,
                                        data,
                                        word + 4 * L + GroupLayout.WORD_BYTES,
                                        LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                y = IntVector.broadcast(I, pairs[p + 2]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 10]).reinterpretAsShorts();
                s = v.lanewise(LSHR, four).mul(y).add(s);
                t = w.lanewise(LSHR, four).mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 3]).reinterpretAsShorts();
                s = v.lanewise(LSHR, eight).mul(y).add(s);
                t = w.lanewise(LSHR, eight).mul(y).add(t);
                y = IntVector.broadcast(I, pairs[p + 11]).reinterpretAsShorts();
                s = v.lanewise(LSHR, twelve).mul(y).add(s);
                t = w.lanewise(LSHR, twelve).mul(y).add(t);
            }
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector e =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector dx = FloatVector.broadcast(F, x.factors[b]);
            IntVector p0 = s.reinterpretAsInts();
            p0 = p0.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p0.lanewise(ASHR, 16));
            sum0 = ((FloatVector) p0.convert(I2F, 0)).mul(d).fma(dx, sum0);
            IntVector p1 = t.reinterpretAsInts();
            p1 = p1.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p1.lanewise(ASHR, 16));
            sum1 = ((FloatVector) p1.convert(I2F, 0)).mul(e).fma(dx, sum1);
        }
        sum0.intoArray(scratch.products, 0);
        sum1.intoArray(scratch.products, L);
        scratch.touched = touched;
    }

    @Override
    public void tile(
            MemorySegment data,
            long offset,
            int n,
            QuantizedTiles x,
            int tile,
            CodeScratch scratch,
            float[] sums,
            int at) {
        int size = x.tiles.size[tile];
        int code = x.codeStart(tile, 0);
        int scale = x.scaleStart(tile);
        for (int k = 0; k < n; k += TOGETHER * CodeScratch.BLOCK) {
            int blocks = Math.min(TOGETHER, (n - k) / CodeScratch.BLOCK);
            for (int b = 0; b < blocks; b++, offset += blockStep, code += 16 * size) {
                factors(data, offset, scratch.factors, b * ROWS);
                long words = offset + GroupLayout.HALF_BYTES;
                NibbleCodeTiles.block(size, data, words, x, code, scale + b * size, scratch, b);
            }
            for (int t = 0; t < size; t++) {
                NibbleCodeTiles.add(scratch, blocks, x, scale + t, size, t, sums, at + t * ROWS);
            }
            scale += blocks * size;
        }
    }
}
