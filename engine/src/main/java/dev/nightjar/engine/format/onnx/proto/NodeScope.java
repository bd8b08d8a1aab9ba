package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.NumberArray;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node while it becomes an operator: typed access to its attributes, which notes what was looked
 * at, so that nothing is ignored silently. For one thread.
 */
public final class NodeScope {
    private final OnnxNode node;
    private final long opset;
    private final String file;
    private final Set<String> used = new HashSet<>();

    /** A node in a file whose operators are those of a version. */
    public NodeScope(OnnxNode node, long opset, String file) {
        this.node = node;
        this.opset = opset;
        this.file = file;
    }

    /** The file, for errors. */
    public String file() {
        return file;
    }

    /** The node. */
    public OnnxNode node() {
        return node;
    }

    /** The version of the operator's domain. */
    public long opset() {
        return opset;
    }

    private Optional<OnnxAttribute> optional(String name) {
        used.add(name);
        return Optional.ofNullable(node.attributes().get(name));
    }

    /** Whether there is such an attribute. */
    public boolean has(String name) {
        return node.attributes().containsKey(name);
    }

    /** Leaves an attribute out that does not change what is computed here. */
    public void ignore(String name) {
        used.add(name);
    }

    /** An integer, or what it is if there is none. */
    public long whole(String name, long otherwise) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Whole(long number)
                                        ? number
                                        : this.<Long>wrong(name, "an integer"))
                .orElse(otherwise);
    }

    /** An integer that must be there. */
    public long whole(String name) {
        if (!has(name)) {
            throw error(name, "expected an integer, found none");
        }
        return whole(name, 0);
    }

    /** A float, or what it is if there is none. */
    public double decimal(String name, double otherwise) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Decimal(double number)
                                        ? number
                                        : this.<Double>wrong(name, "a float"))
                .orElse(otherwise);
    }

    /** Text, or what it is if there is none. */
    public String text(String name, String otherwise) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Text(String text)
                                        ? text
                                        : this.<String>wrong(name, "text"))
                .orElse(otherwise);
    }

    /** One of the names of an enum's constants. */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        String text = text(name, otherwise.name());
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw error(
                name,
                "expected one of %s, found %s"
                        .formatted(
                                List.of(otherwise.getDeclaringClass().getEnumConstants()), text));
    }

    /** Integers, or empty. */
    public Optional<long[]> wholes(String name) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Wholes(long[] numbers)
                                        ? numbers
                                        : wrong(name, "integers"));
    }

    /** Floats, or empty. */
    public Optional<double[]> decimals(String name) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Decimals(double[] numbers)
                                        ? numbers
                                        : wrong(name, "floats"));
    }

    /** Floats, or a tensor of the same name with a suffix, or none. */
    public double[] decimalsOrTensor(String name) {
        Optional<Array> tensor = tensor(name + "_as_tensor");
        Optional<double[]> floats = decimals(name);
        if (tensor.isEmpty()) {
            return floats.orElse(new double[0]);
        }
        if (floats.isPresent() || !(tensor.get() instanceof NumberArray numbers)) {
            throw error(name, "expected floats or a tensor of numbers, found both or text");
        }
        return numbers.numbers();
    }

    /** Texts, or empty. */
    public Optional<List<String>> texts(String name) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Texts(List<String> texts)
                                        ? texts
                                        : wrong(name, "texts"));
    }

    /** An array, or empty. */
    public Optional<Array> tensor(String name) {
        return optional(name)
                .map(
                        value ->
                                value instanceof OnnxAttribute.Tensor(Array array)
                                        ? array
                                        : wrong(name, "a tensor"));
    }

    /** Refuses attributes that nobody looked at. */
    public void finish() {
        Set<String> unknown = new TreeSet<>(node.attributes().keySet());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            throw error(
                    String.join(", ", unknown),
                    "expected attributes of version %d of this operator, found others"
                            .formatted(opset));
        }
    }

    private <T> T wrong(String name, String expected) {
        String found =
                node.attributes().get(name) instanceof OnnxAttribute.Other(String kind)
                        ? kind
                        : "another kind";
        throw error(name, "expected %s, found %s".formatted(expected, found));
    }

    /** An error about an attribute. */
    public ModelFormatException error(String name, String problem) {
        return new ModelFormatException(
                "%s: %s: %s: %s".formatted(file, node.label(), name, problem));
    }
}
