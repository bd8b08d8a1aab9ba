package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.group.OnColumns;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import java.util.List;
import java.util.Set;

/** The estimators in a list of an estimator. */
final class Members {
    /** Classifiers without a decision function; what they know are probabilities. */
    private static final Set<String> UNDECIDED =
            Set.of(
                    "RandomForestClassifier",
                    "ExtraTreesClassifier",
                    "DecisionTreeClassifier",
                    "ExtraTreeClassifier",
                    "XGBClassifier",
                    "XGBRFClassifier",
                    "LGBMClassifier");

    private static final int MAX_DEPTH = 8;

    private final PickledObject group;
    private final String name;
    private final List<PickleValue> values;
    private final List<TabularModel> models;

    /** Those of a list. */
    Members(PickledObject group, Estimators all, String name) {
        this(group, all, name, group.list(name));
    }

    /** A single one. */
    Members(PickledObject group, Estimators all, PickleValue value, String name) {
        this(group, all, name, List.of(value));
    }

    private Members(PickledObject group, Estimators all, String name, List<PickleValue> values) {
        this.group = group;
        this.name = name;
        this.values = values;
        if (values.isEmpty()) {
            throw group.error(name, "expected estimators, found none");
        }
        models = values.stream().map(all::model).toList();
    }

    int size() {
        return models.size();
    }

    TabularModel model(int index) {
        return models.get(index);
    }

    /** All of them, which take equally many features. */
    Members ofEqualWidth() {
        for (TabularModel model : models) {
            if (model.numFeatures() != models.getFirst().numFeatures()) {
                throw group.error(name, "expected estimators of equally many features");
            }
        }
        return this;
    }

    /**
     * The probability of each of so many classes. A member that was fitted on rows of fewer classes
     * knows those by their numbers.
     */
    RowFunction shares(int index, int numClasses) {
        int width = Asked.width(models.get(index), PredictionKind.PROBABILITY);
        if (width == numClasses || width == 0) {
            return asked(index, PredictionKind.PROBABILITY, numClasses);
        }
        int[] known = known(group.objectOf(values.get(index)), numClasses, 0);
        if (known.length != width) {
            throw group.error(name, "expected members of the same classes, found others");
        }
        return new Changed(
                new Asked(models.get(index), PredictionKind.PROBABILITY, width),
                numClasses,
                (shares, from, after, to) -> {
                    for (int k = 0; k < width; k++) {
                        after[to + known[k]] = shares[from + k];
                    }
                });
    }

    private static int[] known(PickledObject member, int numClasses, int depth) {
        if (member.className().equals("Pipeline") && depth < MAX_DEPTH) {
            List<PickleValue> last = member.tuples("steps", 2).getLast();
            return known(member.objectOf(last.get(1)), numClasses, depth + 1);
        }
        return member.integers("classes_", member.value("classes_"), 0, numClasses - 1);
    }

    /** The number of the class, among labels. */
    RowFunction classes(int index, ClassLabels labels) {
        return Asked.classOf(models.get(index), labels);
    }

    /** What it predicts: one number a row. */
    RowFunction value(int index) {
        return asked(index, PredictionKind.VALUE, 1);
    }

    /** What it answers with: so many numbers a row. */
    RowFunction asked(int index, PredictionKind kind, int width) {
        TabularModel model = models.get(index);
        int found = Asked.width(model, kind);
        if (found != width) {
            throw group.error(
                    name,
                    "expected estimators that give %d numbers of %s, found %s with %d"
                            .formatted(width, kind, model.description(), found));
        }
        return new Asked(model, kind, width);
    }

    /** Whether its class has a decision function in scikit-learn. */
    boolean isDecided(int index) {
        return isDecided(group.objectOf(values.get(index)), models.get(index), 0);
    }

    private static boolean isDecided(PickledObject estimator, TabularModel model, int depth) {
        if (UNDECIDED.contains(estimator.className())) {
            return false;
        }
        if (estimator.className().equals("Pipeline") && depth < MAX_DEPTH) {
            List<PickleValue> last = estimator.tuples("steps", 2).getLast();
            return isDecided(estimator.objectOf(last.get(1)), model, depth + 1);
        }
        return model.kinds().contains(PredictionKind.RAW);
    }

    /** A function of some features of the whole. */
    static RowFunction on(RowFunction inner, int numFeatures, int[] columns) {
        return new OnColumns(inner, numFeatures, columns);
    }
}
