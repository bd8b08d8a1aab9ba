package dev.nightjar.engine.tabular.graph;

import java.util.List;

/** One kind of computing with its parameters. Safe for use by several threads. */
@FunctionalInterface
public interface Operator {

    /**
     * Computes all outputs; inputs are not changed.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if inputs do not fit
     * @throws dev.nightjar.engine.request.InvalidRequestException if data do not
     */
    List<Value> run(Arguments arguments);

    /** An operator of one output. */
    static Operator of(Single single) {
        return arguments -> List.of(single.run(arguments));
    }

    /** Computes one output. */
    @FunctionalInterface
    interface Single {
        /** The output. */
        Value run(Arguments arguments);
    }
}
