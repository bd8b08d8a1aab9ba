package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.encode.Impute;
import dev.nightjar.engine.tabular.encode.Indicator;
import dev.nightjar.engine.tabular.transform.Join;
import dev.nightjar.engine.tabular.transform.Select;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Imputers that fill in one value a feature, and indicators of what was missing. */
public final class ImputerReader {
    private final PickledObject step;
    private final int width;

    /** Reads the state of an object. */
    public ImputerReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
    }

    private static double missing(PickledObject step) {
        return step.optional("missing_values").isPresent()
                ? step.number("missing_values")
                : Double.NaN;
    }

    /** The imputer, with its indicator behind if it has one. */
    public Transform imputer() {
        NumpyArray statistics = step.array("statistics_");
        if (statistics.size() != width) {
            throw step.error("statistics_", "expected one for each feature");
        }
        Impute impute = impute(statistics);
        if (!step.flag("add_indicator", false)) {
            return impute;
        }
        int[] all = Select.all(width).columns();
        Indicator indicator =
                indicator(step.object("indicator_"), width, impute.textInputs(Set.of()));
        return new Join(width, List.of(new Join.Part(all, impute), new Join.Part(all, indicator)));
    }

    private Impute impute(NumpyArray statistics) {
        List<Optional<String>> texts =
                new ArrayList<>(Collections.nCopies(width, Optional.empty()));
        double[] fill = new double[width];
        Arrays.fill(fill, Double.NaN);
        if (!statistics.isText()) {
            return new Impute(missing(step), statistics.numbers(), texts);
        }
        for (int f = 0; f < width; f++) {
            PickleValue value =
                    statistics.isObjects()
                            ? statistics.objects().get(f)
                            : new PickleText(statistics.texts().get(f));
            if (value instanceof PickleText text) {
                texts.set(f, Optional.of(text.value()));
            } else if (value != PickleValue.PickleNone.NONE) {
                fill[f] = step.number("statistics_", value);
            }
        }
        return new Impute(missing(step), fill, texts);
    }

    /** A step that only indicates. */
    public Transform indicator() {
        return indicator(step, width, Set.of());
    }

    private static Indicator indicator(PickledObject step, int width, Set<Integer> text) {
        int[] features = step.integers("features_", step.value("features_"), 0, width - 1);
        return new Indicator(width, features, missing(step), text);
    }
}
