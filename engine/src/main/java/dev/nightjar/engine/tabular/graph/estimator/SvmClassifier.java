package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;

/**
 * One vote for each pair of classes; the class of most votes wins, the first of equals. Scores are
 * those of the pairs, or probabilities of the classes.
 */
public final class SvmClassifier implements Operator {
    private final SupportVectors vectors;
    private final int[] starts;
    private final double[] coefficients;
    private final double[] constants;
    private final PairProbabilities probabilities;
    private final PostTransform transform;
    private final Classes classes;

    /**
     * An operator.
     *
     * @param starts first vector of each class, and their number at last
     * @param coefficients [classes − 1, vectors]
     * @param constants one a pair of classes
     * @param probabilities from scores of pairs, or none
     */
    public SvmClassifier(
            SupportVectors vectors,
            int[] starts,
            double[] coefficients,
            double[] constants,
            PairProbabilities probabilities,
            PostTransform transform,
            Classes classes) {
        this.vectors = vectors;
        this.starts = starts;
        this.coefficients = coefficients;
        this.constants = constants;
        this.probabilities = probabilities;
        this.transform = transform;
        this.classes = classes;
        int count = classes.count();
        long pairs = (long) count * (count - 1) / 2;
        if (count < 2
                || starts.length != count + 1
                || coefficients.length != (long) (count - 1) * vectors.count()
                || constants.length != pairs
                || !probabilities.fits(constants.length)) {
            throw new ModelFormatException(
                    "expected coefficients, rho and probabilities of %d classes, found others"
                            .formatted(count));
        }
    }

    @Override
    public List<Value> run(Arguments arguments) {
        Rows rows = Rows.of(arguments, vectors.width());
        double[] kernels = vectors.kernels(rows, arguments);
        int count = classes.count();
        int pairs = constants.length;
        int width = probabilities.isPresent() ? count : Math.max(2, pairs);
        NumberArray scores =
                arguments.budget().numbers(ElementType.FLOAT, new Shape(rows.numRows(), width));
        int[] chosen = new int[rows.numRows()];
        double[] pairScores = new double[pairs];
        for (int r = 0; r < chosen.length; r++) {
            chosen[r] = votes(kernels, r * vectors.count(), pairScores);
            if (probabilities.isPresent()) {
                probabilities.write(pairScores, count, scores.numbers(), r * width);
                transform.apply(scores.numbers(), r * width, width);
            } else if (pairs == 1) {
                one(pairScores[0], scores.numbers(), r * width);
            } else {
                System.arraycopy(pairScores, 0, scores.numbers(), r * width, pairs);
                transform.apply(scores.numbers(), r * width, width);
            }
        }
        return List.of(classes.of(chosen, arguments.budget()), scores);
    }

    /** Fills in the scores of pairs and says which class wins. */
    private int votes(double[] kernels, int at, double[] pairScores) {
        int count = classes.count();
        double[] votes = new double[count];
        int pair = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double sum = part(kernels, at, j - 1, i) + part(kernels, at, i, j);
                pairScores[pair] = (float) (sum + constants[pair]);
                votes[pairScores[pair] > 0 ? i : j]++;
                pair++;
            }
        }
        return Classes.largest(votes, 0, count);
    }

    private double part(double[] kernels, int at, int line, int owner) {
        double sum = 0;
        for (int v = starts[owner]; v < starts[owner + 1]; v++) {
            sum += coefficients[line * vectors.count() + v] * kernels[at + v];
        }
        return sum;
    }

    private void one(double score, double[] scores, int at) {
        if (transform == PostTransform.NONE) {
            scores[at] = -score;
            scores[at + 1] = score;
        } else {
            TwoClasses.spread(score, transform, scores, at);
        }
    }
}
