package dev.nightjar.engine.format.hf.lookup;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that tokens have, out of these tensors:
 *
 * <table>
 * <caption>Tensors</caption>
 * <tr><td>{@code embeddings} or {@code embedding.weight} {@code [R, C]}</td><td>rows</td></tr>
 * <tr><td>{@code mapping} {@code [V]}, perhaps</td><td>which row a token has, where several share
 * one</td></tr>
 * <tr><td>{@code weights} {@code [V]}, perhaps</td><td>what a token's row is multiplied by</td></tr>
 * </table>
 *
 * <p>Without mapping and weights, plain floats stay where they are; all else becomes F32 once.
 *
 * @param rows {@code [R, C]}
 * @param mapping {@code [V]}
 * @param weights {@code [V]}
 */
public record StaticTable(Tensor rows, Optional<Tensor> mapping, Optional<Tensor> weights) {

    private static final int MAX_SIZE = 1 << 24;
    private static final Set<DType> COMPUTED_WITH = Set.of(DType.F32, DType.F16, DType.BF16);
    private static final List<String> NAMES = List.of("embedding.weight", "embeddings");
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /**
     * Finds the tensors.
     *
     * @throws ModelFormatException if there is no table, tensors have shapes that do not fit each
     *     other, or there are tensors that are not known
     */
    public static StaticTable of(TensorSource source) {
        Tensor rows =
                NAMES.stream()
                        .flatMap(name -> source.tensor(name).stream())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new ModelFormatException(
                                                "%s: expected a tensor embedding.weight or embeddings, found %s"
                                                        .formatted(
                                                                source.name(),
                                                                source.tensorNames())));
        Shape shape = rows.shape();
        if (shape.rank() != 2 || shape.dim(0) > MAX_SIZE || shape.dim(1) > MAX_SIZE) {
            throw new ModelFormatException(
                    "%s: expected a table of two dimensions, found %s"
                            .formatted(source.name(), shape));
        }
        refuseOthers(source);
        StaticTable table =
                new StaticTable(rows, source.tensor("mapping"), source.tensor("weights"));
        table.mapping.ifPresent(tensor -> requireVector(source, "mapping", tensor));
        table.weights.ifPresent(tensor -> requireVector(source, "weights", tensor));
        table.requireOnePerToken(source);
        return table;
    }

    /** Further tensors would change vectors. */
    private static void refuseOthers(TensorSource source) {
        Set<String> known = Set.of("embedding.weight", "embeddings", "mapping", "weights");
        for (String name : source.tensorNames()) {
            if (!known.contains(name)) {
                throw new ModelFormatException(
                        "%s: expected tensors %s, found %s, which is not supported yet"
                                .formatted(source.name(), known, name));
            }
        }
    }

    private static void requireVector(TensorSource source, String name, Tensor tensor) {
        if (tensor.shape().rank() != 1 || tensor.shape().dim(0) > MAX_SIZE) {
            throw new ModelFormatException(
                    "%s: tensor %s: expected a number per token, found %s"
                            .formatted(source.name(), name, tensor.shape()));
        }
    }

    private void requireOnePerToken(TensorSource source) {
        if (weights.isPresent() && weights.get().shape().dim(0) != vocabSize()) {
            throw new ModelFormatException(
                    "%s: tensor weights: expected %d elements, found %s"
                            .formatted(source.name(), vocabSize(), weights.get().shape()));
        }
    }

    /** V. */
    public int vocabSize() {
        return (int)
                mapping.map(tensor -> tensor.shape().dim(0))
                        .orElse(rows.shape().dim(0))
                        .longValue();
    }

    /** C. */
    public int hiddenSize() {
        return (int) rows.shape().cols();
    }

    /** The rows of all tokens {@code [V, C]}. */
    public LazyTensor tensor() {
        if (mapping.isEmpty() && weights.isEmpty() && COMPUTED_WITH.contains(rows.dtype())) {
            return LazyTensor.of(rows);
        }
        Shape shape = new Shape(vocabSize(), hiddenSize());
        return LazyTensor.of(DType.F32, shape, loading -> expanded(shape, loading.memory()));
    }

    private Tensor expanded(Shape shape, SegmentAllocator memory) {
        MemorySegment target = TensorCopies.allocate(memory, DType.F32, shape);
        int C = hiddenSize();
        for (int token = 0; token < vocabSize(); token++) {
            long row = row(token);
            int at = token;
            double factor = weights.map(tensor -> Elements.number(tensor, at)).orElse(1.0);
            for (int c = 0; c < C; c++) {
                double value = factor * Elements.number(rows, row * C + c);
                target.set(FLOAT, ((long) token * C + c) * Float.BYTES, (float) value);
            }
        }
        return new Tensor(DType.F32, shape, target);
    }

    private long row(int token) {
        long row =
                mapping.map(tensor -> (long) Elements.number(tensor, token)).orElse((long) token);
        if (row < 0 || row >= rows.shape().dim(0)) {
            throw new ModelFormatException(
                    "tensor mapping: expected rows from 0 to %d, found %d"
                            .formatted(rows.shape().dim(0) - 1, row));
        }
        return row;
    }
}
