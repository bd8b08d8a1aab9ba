package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.math.Broadcast;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Operators of elements without attributes. */
final class ElementOperators {

    private ElementOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        functions(table);
        tests(table);
        arithmetic(table);
        comparisons(table);
        table.put("Equal", one(a -> Broadcast.equal(a.array(0), a.array(1), a.budget())));
        table.put(
                "Where",
                one(a -> Broadcast.where(a.numbers(0), a.array(1), a.array(2), a.budget())));
    }

    static OperatorMaker one(Operator.Single single) {
        return node -> Operator.of(single);
    }

    private static void functions(Map<String, OperatorMaker> table) {
        function(table, "Abs", Math::abs);
        function(table, "Neg", x -> -x);
        function(table, "Exp", Math::exp);
        function(table, "Log", Math::log);
        function(table, "Sqrt", Math::sqrt);
        function(table, "Reciprocal", x -> 1 / x);
        function(table, "Floor", Math::floor);
        function(table, "Ceil", Math::ceil);
        function(table, "Round", Math::rint);
        function(table, "Sign", Math::signum);
        function(table, "Sin", Math::sin);
        function(table, "Cos", Math::cos);
        function(table, "Relu", x -> x < 0 ? 0 : x);
        function(table, "Sigmoid", x -> 1 / (1 + Math.exp(-x)));
        function(table, "Tanh", Math::tanh);
        function(table, "Softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
    }

    private static void function(
            Map<String, OperatorMaker> table, String name, DoubleUnaryOperator function) {
        table.put(
                name,
                one(
                        a -> {
                            NumberArray x = a.numbers(0);
                            return Broadcast.map(x, x.type(), function, a.budget());
                        }));
    }

    private static void tests(Map<String, OperatorMaker> table) {
        test(table, "Not", x -> x == 0 ? 1 : 0);
        test(table, "IsNaN", x -> x != x ? 1 : 0);
    }

    private static void test(
            Map<String, OperatorMaker> table, String name, DoubleUnaryOperator function) {
        table.put(
                name,
                one(a -> Broadcast.map(a.numbers(0), ElementType.BOOL, function, a.budget())));
    }

    private static void arithmetic(Map<String, OperatorMaker> table) {
        table.put("Add", pairs((x, y) -> x + y));
        table.put("Sub", pairs((x, y) -> x - y));
        table.put("Mul", pairs((x, y) -> x * y));
        table.put("Div", pairs((x, y) -> x / y));
        table.put(
                "Pow",
                one(
                        a ->
                                Broadcast.combine(
                                        a.numbers(0),
                                        a.numbers(1),
                                        a.numbers(0).type(),
                                        Math::pow,
                                        a.budget())));
        table.put("Max", all(Math::max, false));
        table.put("Min", all(Math::min, false));
        table.put("Sum", all(Double::sum, false));
        table.put("Mean", all(Double::sum, true));
    }

    private static OperatorMaker pairs(DoubleBinaryOperator function) {
        return one(a -> combined(a.numbers(0), a.numbers(1), function, a));
    }

    private static NumberArray combined(
            NumberArray x, NumberArray y, DoubleBinaryOperator function, Arguments arguments) {
        requireSame(x, y);
        return Broadcast.combine(x, y, x.type(), function, arguments.budget());
    }

    private static void requireSame(NumberArray x, NumberArray y) {
        if (x.type() != y.type()) {
            throw new ModelFormatException(
                    "expected arrays of one type, found %s and %s".formatted(x.type(), y.type()));
        }
    }

    private static OperatorMaker all(DoubleBinaryOperator function, boolean isMean) {
        return one(
                a -> {
                    NumberArray result = a.numbers(0);
                    for (int i = 1; i < a.count(); i++) {
                        result = combined(result, a.numbers(i), function, a);
                    }
                    double count = isMean ? a.count() : 1;
                    return isMean
                            ? Broadcast.map(result, result.type(), x -> x / count, a.budget())
                            : result;
                });
    }

    private static void comparisons(Map<String, OperatorMaker> table) {
        compare(table, "Less", (x, y) -> x < y ? 1 : 0);
        compare(table, "LessOrEqual", (x, y) -> x <= y ? 1 : 0);
        compare(table, "Greater", (x, y) -> x > y ? 1 : 0);
        compare(table, "GreaterOrEqual", (x, y) -> x >= y ? 1 : 0);
        compare(table, "And", (x, y) -> x != 0 && y != 0 ? 1 : 0);
        compare(table, "Or", (x, y) -> x != 0 || y != 0 ? 1 : 0);
        compare(table, "Xor", (x, y) -> x != 0 ^ y != 0 ? 1 : 0);
    }

    private static void compare(
            Map<String, OperatorMaker> table, String name, DoubleBinaryOperator function) {
        table.put(
                name,
                one(
                        a -> {
                            requireSame(a.numbers(0), a.numbers(1));
                            return Broadcast.combine(
                                    a.numbers(0),
                                    a.numbers(1),
                                    ElementType.BOOL,
                                    function,
                                    a.budget());
                        }));
    }
}
