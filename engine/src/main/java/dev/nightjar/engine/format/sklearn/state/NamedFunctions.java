package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Functions of numpy that a file may name, computed here; a name is never called. */
public final class NamedFunctions {
    private static final double LN_2 = Math.log(2);

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("log", Math::log),
                    Map.entry("log1p", Math::log1p),
                    Map.entry("log2", x -> Math.log(x) / LN_2),
                    Map.entry("log10", Math::log10),
                    Map.entry("exp", Math::exp),
                    Map.entry("expm1", Math::expm1),
                    Map.entry("exp2", x -> Math.pow(2, x)),
                    Map.entry("sqrt", Math::sqrt),
                    Map.entry("cbrt", Math::cbrt),
                    Map.entry("square", x -> x * x),
                    Map.entry("abs", Math::abs),
                    Map.entry("absolute", Math::abs),
                    Map.entry("fabs", Math::abs),
                    Map.entry("negative", x -> -x),
                    Map.entry("reciprocal", x -> 1 / x),
                    Map.entry("sign", Math::signum),
                    Map.entry("floor", Math::floor),
                    Map.entry("ceil", Math::ceil),
                    Map.entry("rint", Math::rint),
                    Map.entry("tanh", Math::tanh),
                    Map.entry("sin", Math::sin),
                    Map.entry("cos", Math::cos),
                    Map.entry("arctan", Math::atan),
                    Map.entry("arcsinh", NamedFunctions::arcsinh),
                    Map.entry("sinh", Math::sinh));

    private NamedFunctions() {}

    /**
     * The function that an attribute names.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException for any but those of numpy above
     */
    public static DoubleUnaryOperator of(PickledObject object, String name, PickleValue value) {
        String found = name(value);
        String plain = found.substring(found.lastIndexOf('.') + 1);
        DoubleUnaryOperator function = found.startsWith("numpy.") ? FUNCTIONS.get(plain) : null;
        if (function == null) {
            throw object.error(
                    name,
                    "expected None or one of numpy's %s, found %s, which would have to be run"
                            .formatted(FUNCTIONS.keySet().stream().sorted().toList(), found));
        }
        return function;
    }

    /** Some versions of numpy rebuild a function of its module and name. */
    private static String name(PickleValue value) {
        if (value instanceof PickleSymbol symbol) {
            return symbol.toString();
        }
        if (value instanceof PickleCall call
                && call.function().toString().endsWith("._ufunc_reconstruct")
                && call.arguments() instanceof PickleTuple parts
                && parts.elements().size() == 2
                && parts.elements().getFirst() instanceof PickleText module
                && parts.elements().getLast() instanceof PickleText name) {
            return module.value() + "." + name.value();
        }
        return value.kind();
    }

    private static double arcsinh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1))), x);
    }
}
