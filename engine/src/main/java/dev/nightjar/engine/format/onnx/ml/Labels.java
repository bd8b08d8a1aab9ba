package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.TextArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vectors that are attributes of one of several types. */
final class Labels {

    private Labels() {}

    /** Integers or text, of which one must be there. */
    static Array of(NodeScope node, String wholes, String texts) {
        List<Array> found = new ArrayList<>();
        node.wholes(wholes).filter(v -> v.length > 0).map(Labels::vector).ifPresent(found::add);
        node.texts(texts).filter(v -> !v.isEmpty()).map(TextArray::vector).ifPresent(found::add);
        return only(node, wholes + ", " + texts, found)
                .orElseThrow(
                        () ->
                                node.error(
                                        wholes + ", " + texts, "expected one of them, found none"));
    }

    /** Those of one prefix: floats, integers, text or a tensor. */
    static Optional<Array> ofAnyType(NodeScope node, String prefix) {
        List<Array> found = new ArrayList<>();
        node.decimals(prefix + "_floats")
                .map(numbers -> NumberArray.vector(ElementType.FLOAT, numbers))
                .ifPresent(found::add);
        node.wholes(prefix + "_int64s").map(Labels::vector).ifPresent(found::add);
        node.texts(prefix + "_strings").map(TextArray::vector).ifPresent(found::add);
        node.tensor(prefix + "_tensor").ifPresent(found::add);
        return only(node, prefix + "_*", found);
    }

    private static Optional<Array> only(NodeScope node, String name, List<Array> found) {
        if (found.size() > 1) {
            throw node.error(name, "expected one of them, found %d".formatted(found.size()));
        }
        return found.stream().findFirst();
    }

    /** Integers as an array. */
    static NumberArray vector(long[] numbers) {
        double[] all = new double[numbers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers[i];
        }
        return NumberArray.vector(ElementType.INT64, all);
    }
}
