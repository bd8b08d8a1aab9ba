package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.onnx.proto.ElementTypes;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.TextArray;
import dev.nightjar.engine.tabular.graph.math.Broadcast;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators of types, bounds and constants. */
final class TypeOperators {

    private TypeOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put("Cast", TypeOperators::cast);
        table.put("Clip", TypeOperators::clip);
        table.put("LeakyRelu", node -> negative(node, 0.01f));
        table.put("Constant", TypeOperators::constant);
    }

    private static Operator cast(NodeScope node) {
        long number = node.whole("to");
        // It matters for floats of 8 bits only.
        node.ignore("saturate");
        ElementType to =
                ElementTypes.of(number)
                        .orElseThrow(
                                () -> node.error("to", "expected a known type, found " + number));
        return Operator.of(a -> cast(a.array(0), to, a));
    }

    private static Array cast(Array x, ElementType to, Arguments arguments) {
        if (x.type() == to) {
            return x;
        }
        if (to == ElementType.TEXT) {
            TextArray result = arguments.budget().texts(x.shape());
            for (int i = 0; i < result.texts().length; i++) {
                result.texts()[i] = text((NumberArray) x, i);
            }
            return result;
        }
        if (x instanceof TextArray texts) {
            NumberArray result = arguments.budget().numbers(to, x.shape());
            for (int i = 0; i < result.numbers().length; i++) {
                result.numbers()[i] = to.round(number(texts.texts()[i]));
            }
            return result;
        }
        return Broadcast.map((NumberArray) x, to, value -> value, arguments.budget());
    }

    /** Numbers as text: whole ones plain, others in the fewest digits that tell them apart. */
    private static String text(NumberArray x, int i) {
        double value = x.numbers()[i];
        if (!x.type().isFloating() || value == (long) value && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        return x.type() == ElementType.DOUBLE
                ? Double.toString(value)
                : Float.toString((float) value);
    }

    private static double number(String text) {
        try {
            return text.isBlank() ? Double.NaN : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    "inputs", "expected text that is a number, found \"%s\"".formatted(text));
        }
    }

    private static Operator clip(NodeScope node) {
        double low = node.decimal("min", Double.NEGATIVE_INFINITY);
        double high = node.decimal("max", Double.POSITIVE_INFINITY);
        return Operator.of(
                a -> {
                    double from = a.has(1) ? a.number(1) : low;
                    double to = a.has(2) ? a.number(2) : high;
                    NumberArray x = a.numbers(0);
                    return Broadcast.map(
                            x, x.type(), v -> v > to ? to : v < from ? from : v, a.budget());
                });
    }

    private static Operator negative(NodeScope node, double otherwise) {
        double slope = node.decimal("alpha", otherwise);
        return Operator.of(
                a ->
                        Broadcast.map(
                                a.numbers(0),
                                a.numbers(0).type(),
                                x -> x < 0 ? slope * x : x,
                                a.budget()));
    }

    private static Operator constant(NodeScope node) {
        Array value =
                node.tensor("value")
                        .or(() -> one(node, "value_int", ElementType.INT64))
                        .or(() -> one(node, "value_float", ElementType.FLOAT))
                        .or(() -> wholes(node))
                        .or(
                                () ->
                                        node.decimals("value_floats")
                                                .map(
                                                        numbers ->
                                                                NumberArray.vector(
                                                                        ElementType.FLOAT,
                                                                        numbers)))
                        .or(() -> text(node))
                        .or(() -> node.texts("value_strings").map(TextArray::vector))
                        .orElseThrow(() -> node.error("value", "expected a value, found none"));
        return Operator.of(a -> value);
    }

    private static Optional<Array> one(NodeScope node, String name, ElementType type) {
        if (!node.has(name)) {
            return Optional.empty();
        }
        double number =
                type == ElementType.INT64 ? (double) node.whole(name) : node.decimal(name, 0);
        return Optional.of(new NumberArray(type, new Shape(), new double[] {number}));
    }

    private static Optional<Array> wholes(NodeScope node) {
        return node.wholes("value_ints")
                .map(
                        numbers -> {
                            double[] all = new double[numbers.length];
                            for (int i = 0; i < all.length; i++) {
                                all[i] = numbers[i];
                            }
                            return NumberArray.vector(ElementType.INT64, all);
                        });
    }

    private static Optional<Array> text(NodeScope node) {
        return node.has("value_string")
                ? Optional.of(TextArray.vector(List.of(node.text("value_string", ""))))
                        .map(array -> array.reshaped(new Shape()))
                : Optional.empty();
    }
}
