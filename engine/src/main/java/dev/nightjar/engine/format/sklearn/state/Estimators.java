package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.transform.Transform;

/** Reads estimators inside estimators. */
public interface Estimators {

    /**
     * An estimator that predicts.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if its class is not supported
     */
    TabularModel model(PickleValue value);

    /**
     * An estimator that makes other features of features.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if its class is not supported
     */
    Transform transform(PickleValue value);
}
