package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.encode.Coded;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Encoders that give a category a number: its place, or what is known about its targets. */
public final class CodesReader {
    private final PickledObject encoder;
    private final CategoryReader categories;

    /** Reads the state of an object. */
    public CodesReader(PickledObject encoder) {
        this.encoder = encoder;
        categories = new CategoryReader(encoder);
    }

    /** Places among the categories. */
    public Transform ordinal() {
        boolean isRefused =
                encoder.optional("handle_unknown").isEmpty()
                        || encoder.oneOf("handle_unknown", "error", "use_encoded_value")
                                .equals("error");
        OptionalDouble unknown =
                isRefused ? OptionalDouble.empty() : OptionalDouble.of(encoded("unknown_value"));
        Map<Integer, Integer> missing = missing();
        List<Coded.Output> outputs = new ArrayList<>();
        for (int f = 0; f < categories.size(); f++) {
            int[] numbers = categories.numbers(f);
            double[] codes = new double[numbers.length];
            for (int c = 0; c < codes.length; c++) {
                codes[c] = numbers[c];
            }
            int place = missing.getOrDefault(f, -1);
            if (place >= 0 && place < codes.length) {
                codes[place] = encoded("encoded_missing_value");
            }
            outputs.add(new Coded.Output(f, categories.of(f), codes, unknown));
        }
        return new Coded(categories.size(), outputs);
    }

    private double encoded(String name) {
        return encoder.optional(name).isPresent() ? encoder.number(name) : Double.NaN;
    }

    /** The number of the missing value among a feature's categories, where it is one. */
    private Map<Integer, Integer> missing() {
        Map<Integer, Integer> numbers = new HashMap<>();
        PickleValue all = encoder.optional("_missing_indices").orElse(PickleValue.PickleNone.NONE);
        if (all instanceof PickleDict dict) {
            for (PickleDict.Entry entry : dict.entries()) {
                numbers.put(
                        (int) encoder.number("_missing_indices", entry.key()),
                        (int) encoder.number("_missing_indices", entry.value()));
            }
        }
        return numbers;
    }

    /** Means of the target, one a category, and of several classes one each. */
    public Transform target() {
        List<PickleValue> encodings = encoder.list("encodings_");
        boolean isMany = encoder.text("target_type_").equals("multiclass");
        double[] means =
                isMany
                        ? encoder.array("target_mean_").numbers()
                        : new double[] {encoder.number("target_mean_")};
        if (means.length == 0 || encodings.size() != (long) means.length * categories.size()) {
            throw encoder.error("encodings_", "expected one for each feature and class");
        }
        List<Coded.Output> outputs = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            int feature = i / means.length;
            double[] codes = encoder.arrayOf(encodings.get(i)).numbers();
            if (codes.length != categories.of(feature).size()) {
                throw encoder.error("encodings_", "expected one for each category");
            }
            outputs.add(
                    new Coded.Output(
                            feature,
                            categories.of(feature),
                            codes,
                            OptionalDouble.of(means[i % means.length])));
        }
        return new Coded(categories.size(), outputs);
    }
}
