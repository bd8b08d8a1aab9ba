package dev.nightjar.kernels.cpu.simd;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link Q4_KGroup} with eight words of fifth bits, bit j for sub-block j, before the nibbles. */
final class Q5_KGroup implements GroupFormat {

    private static final int ROWS = GroupLayout.ROWS;
    private static final long WORD = GroupLayout.WORD_BYTES;
    private static final GroupLayout LAYOUT = GroupLayout.words(256, 44);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(
            MemorySegment data, long offset, int count, float[] panel, GroupScratch scratch) {
        for (int k = 0; k < count; k += 256, offset += LAYOUT.stepBytes()) {
            Q4_KGroup.scales(data, offset, scratch.scales);
            for (int at = 0; at < 256; at += 16) {
                HighNibbleRuns.unpack(
                        data,
                        offset + (12 + at / 64 * 8 + at % 32 / 4) * WORD,
                        at / 32 % 2 * 4,
                        offset + (4 + at % 32 / 4) * WORD,
                        at / 32,
                        0x01010101,
                        scratch,
                        at / 32 * 64,
                        panel,
                        (k + at) * ROWS);
            }
        }
    }

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, GroupScratch scratch) {
        Arrays.fill(scratch.sums, 0);
        for (int k = 0; k < n; k += 256, offset += LAYOUT.stepBytes()) {
            Q4_KGroup.scales(data, offset, scratch.scales);
            for (int at = 0; at < 256; at += 16) {
                HighNibbleRuns.dot(
                        data,
                        offset + (12 + at / 64 * 8 + at % 32 / 4) * WORD,
                        at / 32 % 2 * 4,
                        offset + (4 + at % 32 / 4) * WORD,
                        at / 32,
                        0x01010101,
                        scratch,
                        at / 32 * 64,
                        x,
                        xStart + k + at,
                        scratch.sums);
            }
        }
    }
}
