package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import java.util.Arrays;

/** One number of many: what is computed along axes. */
public enum Reduction {
    SUM {
        @Override
        double of(double[] x) {
            double sum = 0;
            for (double value : x) {
                sum += value;
            }
            return sum;
        }
    },
    MEAN {
        @Override
        double of(double[] x) {
            return SUM.of(x) / x.length;
        }
    },
    MAX {
        @Override
        double of(double[] x) {
            return Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
        }
    },
    MIN {
        @Override
        double of(double[] x) {
            return Arrays.stream(x).reduce(Double.POSITIVE_INFINITY, Math::min);
        }
    },
    PROD {
        @Override
        double of(double[] x) {
            return Arrays.stream(x).reduce(1, (a, b) -> a * b);
        }
    },
    L1 {
        @Override
        double of(double[] x) {
            return Arrays.stream(x).reduce(0, (sum, value) -> sum + Math.abs(value));
        }
    },
    SUM_SQUARE {
        @Override
        double of(double[] x) {
            return Arrays.stream(x).reduce(0, (sum, value) -> sum + value * value);
        }
    },
    L2 {
        @Override
        double of(double[] x) {
            return Math.sqrt(SUM_SQUARE.of(x));
        }
    },
    LOG_SUM {
        @Override
        double of(double[] x) {
            return Math.log(SUM.of(x));
        }
    },
    LOG_SUM_EXP {
        @Override
        double of(double[] x) {
            double max = MAX.of(x);
            if (Double.isInfinite(max)) {
                return max;
            }
            return max + Math.log(Arrays.stream(x).reduce(0, (s, v) -> s + Math.exp(v - max)));
        }
    };

    abstract double of(double[] x);

    /**
     * Computes along axes.
     *
     * @param axes all if there are none
     * @param isKept whether they stay, with size 1
     */
    public NumberArray run(NumberArray x, long[] axes, boolean isKept, Budget budget) {
        Shape shape = x.shape();
        boolean[] isGone = new boolean[shape.rank()];
        Arrays.fill(isGone, axes.length == 0);
        for (long axis : axes) {
            isGone[shape.axis(axis)] = true;
        }
        int[] steps = shape.strides();
        int[] keptSizes = new int[shape.rank()];
        int[] keptSteps = new int[shape.rank()];
        int[] goneSizes = new int[shape.rank()];
        int[] goneSteps = new int[shape.rank()];
        for (int i = 0; i < isGone.length; i++) {
            keptSizes[i] = isGone[i] ? 1 : shape.size(i);
            keptSteps[i] = isGone[i] ? 0 : steps[i];
            goneSizes[i] = isGone[i] ? shape.size(i) : 1;
            goneSteps[i] = isGone[i] ? steps[i] : 0;
        }
        int[] starts = offsets(new Shape(keptSizes), keptSteps, budget);
        int[] moves = offsets(new Shape(goneSizes), goneSteps, budget);
        NumberArray result = budget.numbers(x.type(), new Shape(keptSizes));
        budget.spend((long) starts.length * Math.max(1, moves.length));
        reduce(x.numbers(), starts, moves, result.numbers(), x.type());
        return isKept ? result : result.reshaped(kept(shape, isGone));
    }

    private void reduce(double[] x, int[] starts, int[] moves, double[] to, ElementType type) {
        double[] group = new double[moves.length];
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < group.length; j++) {
                group[j] = x[starts[i] + moves[j]];
            }
            to[i] = type.round(of(group));
        }
    }

    private static Shape kept(Shape shape, boolean[] isGone) {
        int[] sizes = new int[shape.rank()];
        int rank = 0;
        for (int i = 0; i < isGone.length; i++) {
            if (!isGone[i]) {
                sizes[rank++] = shape.size(i);
            }
        }
        return new Shape(Arrays.copyOf(sizes, rank));
    }

    private static int[] offsets(Shape shape, int[] steps, Budget budget) {
        budget.spend(shape.count());
        int[] offsets = new int[shape.count()];
        int[] strides = shape.strides();
        for (int i = 0; i < offsets.length; i++) {
            for (int axis = 0; axis < steps.length; axis++) {
                offsets[i] += i / strides[axis] % shape.size(axis) * steps[axis];
            }
        }
        return offsets;
    }
}
