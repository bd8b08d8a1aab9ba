package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.group.Beside;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** One estimator a target. */
public final class MultiOutputReader {
    private final PickledObject estimator;
    private final Members members;

    /** Reads the state of an object. */
    public MultiOutputReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
    }

    /** The model; labels have to be numbers. */
    public TabularModel read() {
        List<RowFunction> parts = new ArrayList<>();
        ValueType type = ValueType.INT64;
        for (int i = 0; i < members.size(); i++) {
            ValueType output = members.model(i).schema().outputs().getFirst().type();
            if (output == ValueType.TEXT) {
                throw estimator.error(
                        "estimators_", "expected labels that are numbers, found text");
            }
            type = output.isInteger() ? type : ValueType.FLOAT64;
            parts.add(members.value(i));
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(Features.title(estimator), new Beside(parts), type)
                        .takesMissing());
    }
}
