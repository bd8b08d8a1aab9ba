package dev.nightjar.engine.format;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a decoder that judges by two tokens, and one more: {@link #SCORE}, the row of
 * "yes" less the row of "no", so that its product with a hidden state is the difference of their
 * logits.
 *
 * @param source all others
 * @param head a matrix with both rows
 * @param yes its row of "yes"
 * @param no its row of "no"
 */
public record JudgeWeights(TensorSource source, String head, int yes, int no)
        implements TensorSource {

    /** Name of the module, whose tensor is {@code judge.weight [1, C]}. */
    public static final String MODULE = "judge";

    private static final String SCORE = MODULE + ".weight";

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Set<String> tensorNames() {
        Set<String> names = new LinkedHashSet<>(source.tensorNames());
        names.add(SCORE);
        return names;
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return tensorName.equals(SCORE) ? Optional.of(score()) : source.tensor(tensorName);
    }

    @Override
    public Optional<Tensor> tensor(String tensorName, Shape expected) {
        return tensorName.equals(SCORE)
                ? Optional.of(score())
                : source.tensor(tensorName, expected);
    }

    private Tensor score() {
        Tensor matrix =
                source.tensor(head)
                        .orElseThrow(
                                () ->
                                        new ModelFormatException(
                                                "%s: expected a matrix %s, whose rows judge, found none"
                                                        .formatted(name(), head)));
        long rows = matrix.shape().rows();
        if (matrix.shape().rank() != 2 || Math.max(yes, no) >= rows) {
            throw new ModelFormatException(
                    "%s: expected %s to have more than %d rows, found shape %s"
                            .formatted(name(), head, Math.max(yes, no), matrix.shape()));
        }
        float[] positive = HostVector.floats(matrix.rows(yes, 1));
        float[] negative = HostVector.floats(matrix.rows(no, 1));
        float[] difference = new float[positive.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = positive[i] - negative[i];
        }
        Tensor vector = HostVector.tensor(difference);
        return new Tensor(DType.F32, new Shape(1, difference.length), vector.data());
    }
}
