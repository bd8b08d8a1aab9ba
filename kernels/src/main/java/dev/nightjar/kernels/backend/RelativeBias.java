package dev.nightjar.kernels.backend;

import java.util.Objects;

/**
 * What the distance between two rows adds to their score: head {@code h} of row {@code i} that sees
 * row {@code j} adds {@code table[h][reach + d]}, where {@code d} is {@code j - i}, at least {@code
 * -reach} and at most {@code reach}.
 *
 * @param table {@code [H, 2 * reach + 1]}, in the unit of the scaled scores
 * @param reach distance from which on nothing changes, on either side
 */
public record RelativeBias(Matrix table, int reach) {

    /** Checks that there is a column for each distance. */
    public RelativeBias {
        Objects.requireNonNull(table, "table");
        if (reach < 0 || table.cols() != 2L * reach + 1) {
            throw new IllegalArgumentException(
                    "a bias of reach %d needs %d columns, found %d"
                            .formatted(reach, 2L * reach + 1, table.cols()));
        }
    }

    /** The column of row {@code j} as row {@code i} sees it. */
    public int column(int i, int j) {
        return reach + Math.clamp((long) j - i, -reach, reach);
    }
}
