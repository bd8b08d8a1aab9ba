package dev.nightjar.engine.predict;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model whose columns have the names, order and types of a signature. */
final class SignedModel implements TabularModel {
    private final TabularModel model;
    private final TabularSchema signature;
    private final boolean isProbability;
    private final Map<String, String> details;
    private final List<ValueType> types = new ArrayList<>();
    private final List<Boolean> required = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final int[] order;

    /**
     * A model with a signature.
     *
     * @param file for errors
     * @param isProbability whether its value is the probability of each class
     */
    SignedModel(
            String file,
            TabularModel model,
            TabularSchema signature,
            boolean isProbability,
            Map<String, String> details) {
        this.model = model;
        this.signature = signature;
        this.isProbability = isProbability;
        this.details = details;
        signature.inputs().forEach(field -> add(file, field));
        if (types.size() != model.numFeatures()) {
            throw new ModelFormatException(
                    "%s: expected a signature of %d features, which the model has, found %d"
                            .formatted(file, model.numFeatures(), types.size()));
        }
        order = order(file);
        for (int i = 0; i < order.length; i++) {
            boolean isText = model.textFeatures().contains(i);
            if (isText != (types.get(order[i]) == ValueType.TEXT)) {
                throw new ModelFormatException(
                        "%s: expected %s as column %d of the signature, found %s"
                                .formatted(
                                        file,
                                        isText ? "text" : "numbers",
                                        order[i],
                                        types.get(order[i]).columnName()));
            }
        }
        if (isProbability && !model.kinds().contains(PredictionKind.PROBABILITY)) {
            throw new ModelFormatException(
                    "%s: expected a model with probabilities, as predict_fn asks for them, found %s"
                            .formatted(file, model.description()));
        }
    }

    private void add(String file, Field field) {
        List<Long> shape = field.shape().orElse(List.of(-1L));
        long width = shape.size() < 2 ? 1 : shape.getLast();
        if (width < 1) {
            width = model.numFeatures();
        }
        if (shape.size() > 2 || width > model.numFeatures()) {
            throw new ModelFormatException(
                    "%s: expected inputs of shape [-1, %d], found %s"
                            .formatted(file, model.numFeatures(), shape));
        }
        for (int i = 0; i < width; i++) {
            String suffix = width == 1 ? "" : "_" + i;
            field.name().ifPresent(name -> names.add(name + suffix));
            types.add(field.type());
            required.add(field.isRequired());
        }
    }

    /**
     * For each of the model's features, the column of the signature: by name if the model knows any
     * of the signature's names, else by place, as names may have been made up by a library.
     */
    private int[] order(String file) {
        int[] places = new int[types.size()];
        List<String> known = model.featureNames();
        boolean isNamed = known.stream().anyMatch(name -> place(name) >= 0);
        for (int i = 0; i < places.length; i++) {
            places[i] = isNamed ? place(known.get(i)) : i;
            if (places[i] < 0) {
                throw new ModelFormatException(
                        "%s: expected a signature with the model's feature \"%s\", found none"
                                .formatted(file, known.get(i)));
            }
        }
        return places;
    }

    /** Where a feature stands; LightGBM writes names without spaces. */
    private int place(String feature) {
        int exact = names.indexOf(feature);
        return exact >= 0
                ? exact
                : names.stream().map(name -> name.replace(' ', '_')).toList().indexOf(feature);
    }

    @Override
    public String description() {
        return model.description();
    }

    @Override
    public int numFeatures() {
        return types.size();
    }

    @Override
    public List<String> featureNames() {
        if (!names.isEmpty()) {
            return List.copyOf(names);
        }
        return model.featureNames();
    }

    @Override
    public Set<Integer> textFeatures() {
        Set<Integer> columns = new HashSet<>();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) == ValueType.TEXT) {
                columns.add(i);
            }
        }
        return columns;
    }

    @Override
    public TabularSchema schema() {
        return signature.outputs().isEmpty()
                ? new TabularSchema(signature.inputs(), model.schema().outputs())
                : signature;
    }

    @Override
    public Set<PredictionKind> kinds() {
        return model.kinds();
    }

    @Override
    public Map<String, String> details() {
        Map<String, String> all = new LinkedHashMap<>(details);
        all.putAll(model.details());
        return all;
    }

    @Override
    public Predictions predict(Table rows, PredictionKind kind) {
        check(rows, kind);
        for (int c = 0; c < types.size(); c++) {
            for (int r = 0; r < rows.numRows() && !rows.isText(c); r++) {
                check(rows.number(r, c), r, c);
            }
        }
        boolean isValue = kind == PredictionKind.VALUE && isProbability;
        return model.predict(rows.select(order), isValue ? PredictionKind.PROBABILITY : kind);
    }

    /** Whole numbers may stand for fractions, but not the other way round. */
    private void check(double x, int row, int column) {
        ValueType type = types.get(column);
        boolean fits =
                switch (type) {
                    case INT64 -> x == Math.rint(x) && !Double.isInfinite(x);
                    case INT32 -> x == (int) x;
                    case BOOLEAN -> x == 0 || x == 1;
                    case FLOAT32, FLOAT64, TEXT -> true;
                };
        if (!fits && (required.get(column) || !Double.isNaN(x))) {
            String name = names.isEmpty() ? "column " + column : "column " + names.get(column);
            throw new InvalidRequestException(
                    "inputs",
                    "row %d, %s: expected a value of type %s, found %s"
                            .formatted(row, name, type.columnName(), x));
        }
    }
}
