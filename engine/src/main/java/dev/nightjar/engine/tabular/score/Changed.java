package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.Table;
import java.util.Set;

/**
 * What another function gives, changed row by row.
 *
 * @param inner gives the numbers
 * @param numOutputs how many there are after the change
 * @param change of one row
 */
public record Changed(RowFunction inner, int numOutputs, Change change) implements RowFunction {

    /** From the numbers of one row to others. */
    public interface Change {

        /** Reads from {@code from} on, writes from {@code to} on. */
        void apply(double[] before, int from, double[] after, int to);
    }

    /** The number of the largest score, the first of equals. */
    public static Changed largest(RowFunction scores) {
        int width = scores.numOutputs();
        return new Changed(
                scores, 1, (before, from, after, to) -> after[to] = largest(before, from, width));
    }

    /** Where the largest of some numbers is, the first of equals. */
    public static int largest(double[] numbers, int from, int width) {
        int best = 0;
        for (int k = 1; k < width; k++) {
            if (numbers[from + k] > numbers[from + best]) {
                best = k;
            }
        }
        return best;
    }

    /** 1 where the only score is above a bound, else 0. */
    public static Changed above(RowFunction score, double bound) {
        return new Changed(
                score, 1, (before, from, after, to) -> after[to] = before[from] > bound ? 1 : 0);
    }

    /** The number of the class of scores: of one, its sign; of more, the largest. */
    public static Changed classOf(RowFunction scores) {
        return scores.numOutputs() == 1 ? above(scores, 0) : largest(scores);
    }

    /** Scores behind a link function. */
    public static Changed linked(RowFunction scores, Link link) {
        int width = scores.numOutputs();
        return new Changed(
                scores,
                width,
                (before, from, after, to) -> {
                    System.arraycopy(before, from, after, to, width);
                    link.apply(after, to, width, Precision.DOUBLE);
                });
    }

    /** Probabilities of both classes of that of the second. */
    public static Changed both(RowFunction second) {
        return new Changed(
                second,
                2,
                (before, from, after, to) -> {
                    after[to] = 1 - before[from];
                    after[to + 1] = before[from];
                });
    }

    @Override
    public int numInputs() {
        return inner.numInputs();
    }

    @Override
    public Set<Integer> textInputs() {
        return inner.textInputs();
    }

    @Override
    public double[] apply(Table rows) {
        double[] before = inner.apply(rows);
        double[] after = new double[Math.multiplyExact(rows.numRows(), numOutputs)];
        for (int r = 0; r < rows.numRows(); r++) {
            change.apply(before, r * inner.numOutputs(), after, r * numOutputs);
        }
        return after;
    }
}
