package dev.nightjar.engine.tabular.graph.trees;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;

/** From the sums of leaves to outputs. */
@FunctionalInterface
public interface TreeFinish {

    /**
     * The outputs.
     *
     * @param sums [rows, outputs], which may be changed and returned
     * @param precision of the sums
     */
    List<Value> run(NumberArray sums, Precision precision, Budget budget);
}
