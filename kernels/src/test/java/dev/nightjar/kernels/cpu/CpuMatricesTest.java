package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import org.junit.jupiter.api.Test;

class CpuMatricesTest {

    private final CpuBuffer buffer = new CpuBuffer(20);
    private final Matrix view = new Matrix(buffer, 3, 7, 5);

    @Test
    void rowsOfAViewLieInTheArray() {
        assertSame(buffer.data(), CpuMatrices.data(view, 2));
        assertEquals(3, CpuMatrices.rowStart(view, 0));
        assertEquals(10, CpuMatrices.rowStart(view, 1));
    }

    /** The last element of row 1 is 14, of row 2 would be 21. */
    @Test
    void moreRowsThanTheBufferHoldsAreRefused() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> CpuMatrices.data(view, 3));
        assertTrue(thrown.getMessage().contains("room for 2"), thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CpuMatrices.data(view, -1));
    }

    @Test
    void buffersOfOtherDevicesAreRefused() {
        DeviceBuffer foreign =
                new DeviceBuffer() {
                    @Override
                    public long capacity() {
                        return 20;
                    }

                    @Override
                    public void read(long offset, float[] target, int targetOffset, int count) {}

                    @Override
                    public void write(long offset, float[] source, int sourceOffset, int count) {}
                };
        Matrix matrix = Matrix.of(foreign, 5);
        assertThrows(IllegalArgumentException.class, () -> CpuMatrices.data(matrix, 1));
    }

    @Test
    void ropeNeedsWholeHeadsAndPairs() {
        Matrix x = Matrix.of(buffer, 20);
        Matrix two = Matrix.of(buffer, 2);
        CpuMatrices.requireRotary(x, 5, new RopeTable(RopeStyle.ADJACENT, 4, two, two));
        for (RopeTable bad :
                new RopeTable[] {
                    new RopeTable(RopeStyle.ADJACENT, 3, two, two),
                    new RopeTable(RopeStyle.ADJACENT, 6, two, two),
                    new RopeTable(RopeStyle.ADJACENT, 2, two, two)
                }) {
            assertThrows(
                    IllegalArgumentException.class, () -> CpuMatrices.requireRotary(x, 5, bad));
        }
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        CpuMatrices.requireRotary(
                                x, 3, new RopeTable(RopeStyle.ADJACENT, 4, two, two)));
    }

    @Test
    void indicesAreNamedInErrors() {
        assertEquals(4, CpuMatrices.requireIndex("token id", 4, 5));
        var thrown =
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> CpuMatrices.requireIndex("token id", 5, 5));
        assertEquals("token id must be in [0, 5), found 5", thrown.getMessage());
    }

    @Test
    void buffersCheckWhatIsReadAndWritten() {
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.read(15, new float[6], 0, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.write(-1, new float[6], 0, 6));
        assertThrows(IllegalArgumentException.class, () -> new CpuBuffer(1L << 31));
        assertThrows(IndexOutOfBoundsException.class, () -> new CpuIndexBuffer(3).commit(4));
    }
}
