package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.format.sklearn.state.Source;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * Reads estimators inside estimators, to a depth.
 *
 * @param source where they stand
 * @param depth of the one that is being read
 */
record Levels(Source source, int depth) implements Estimators {
    private static final int MAX_DEPTH = 12;

    @Override
    public TabularModel model(PickleValue value) {
        PickledObject object = object(value);
        return Models.reader(object)
                .orElseThrow(() -> unknown(object, "predicts"))
                .read(object, deeper());
    }

    @Override
    public Transform transform(PickleValue value) {
        PickledObject object = object(value);
        return Transforms.reader(object)
                .orElseThrow(() -> unknown(object, "changes features"))
                .read(object, deeper());
    }

    private PickledObject object(PickleValue value) {
        if (depth > MAX_DEPTH) {
            throw new ModelFormatException(
                    "%s: expected at most %d levels of estimators, found more"
                            .formatted(source.name(), MAX_DEPTH));
        }
        return PickledObject.of(source, value);
    }

    private Estimators deeper() {
        return new Levels(source, depth + 1);
    }

    private ModelFormatException unknown(PickledObject object, String what) {
        return new ModelFormatException(
                "%s: expected an estimator that is supported and %s, found %s"
                        .formatted(source.name(), what, object.qualifiedName()));
    }
}
