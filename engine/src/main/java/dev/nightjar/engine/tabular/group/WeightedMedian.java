package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.score.Changed.Change;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The number at which half of the weight is reached, in the order of the numbers.
 *
 * @param weights one a number
 */
public record WeightedMedian(double[] weights) implements Change {

    @Override
    public void apply(double[] numbers, int from, double[] after, int to) {
        int[] order =
                IntStream.range(0, weights.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> numbers[from + i]))
                        .mapToInt(i -> i)
                        .toArray();
        double total = 0;
        for (int i : order) {
            total += weights[i];
        }
        double sum = 0;
        for (int i : order) {
            sum += weights[i];
            if (sum >= 0.5 * total) {
                after[to] = numbers[from + i];
                return;
            }
        }
    }
}
