package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.cpu.CpuMatrices;

/** Rotary position embedding as in the paper: pairs of elements turn by an angle of position. */
final class ScalarRope {

    private ScalarRope() {}

    static void run(Matrix x, int numHeads, RopeTable table, int[] positions, int T) {
        float[] data = CpuMatrices.data(x, T);
        int maxPositions = (int) table.cos().maxRows();
        float[] cos = CpuMatrices.data(table.cos(), maxPositions);
        float[] sin = CpuMatrices.data(table.sin(), maxPositions);
        int headDim = x.cols() / numHeads;
        for (int t = 0; t < T; t++) {
            int position = CpuMatrices.requireIndex("position", positions[t], maxPositions);
            int cosStart = CpuMatrices.rowStart(table.cos(), position);
            int sinStart = CpuMatrices.rowStart(table.sin(), position);
            for (int head = 0; head < numHeads; head++) {
                int start = CpuMatrices.rowStart(x, t) + head * headDim + table.offset();
                rotate(data, start, table, cos, cosStart, sin, sinStart);
            }
        }
    }

    private static void rotate(
            float[] data,
            int start,
            RopeTable table,
            float[] cos,
            int cosStart,
            float[] sin,
            int sinStart) {
        int half = table.rotaryDim() / 2;
        boolean adjacent = table.style() == RopeStyle.ADJACENT;
        for (int i = 0; i < half; i++) {
            int first = start + (adjacent ? 2 * i : i);
            int second = adjacent ? first + 1 : first + half;
            float a = data[first];
            float b = data[second];
            float c = cos[cosStart + i];
            float s = sin[sinStart + i];
            data[first] = a * c - b * s;
            data[second] = b * c + a * s;
        }
    }
}
