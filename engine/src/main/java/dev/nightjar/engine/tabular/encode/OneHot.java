package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One feature a category, 1 where a row is of that category and 0 elsewhere.
 *
 * @param features one an input
 */
public record OneHot(List<Feature> features) implements Transform {
    /** The place of a category that is none. */
    public static final int NONE = -1;

    /** The place of a category that is refused. */
    public static final int REFUSED = -2;

    /** Protects the list. */
    public OneHot {
        features = List.copyOf(features);
    }

    /**
     * One input.
     *
     * @param categories that it may be of
     * @param places where each stands among the outputs of this input, or {@link #NONE}
     * @param unknownPlace of all others, or {@link #NONE} or {@link #REFUSED}
     * @param width outputs of this input
     */
    public record Feature(Categories categories, int[] places, int unknownPlace, int width) {}

    @Override
    public int numInputs() {
        return features.size();
    }

    @Override
    public int numOutputs() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        Set<Integer> text = new HashSet<>();
        for (int f = 0; f < features.size(); f++) {
            if (features.get(f).categories.isText()) {
                text.add(f);
            }
        }
        return text;
    }

    @Override
    public Table apply(Table rows) {
        int width = numOutputs();
        double[] all = new double[Math.multiplyExact(rows.numRows(), width)];
        for (int r = 0; r < rows.numRows(); r++) {
            int start = r * width;
            for (int f = 0; f < features.size(); f++) {
                int place = place(rows, r, f);
                if (place >= 0) {
                    all[start + place] = 1;
                }
                start += features.get(f).width;
            }
        }
        return Table.of(rows.numRows(), width, all);
    }

    private int place(Table rows, int row, int column) {
        Feature feature = features.get(column);
        OptionalInt category = feature.categories.of(rows, row, column);
        int place =
                category.isPresent() ? feature.places[category.getAsInt()] : feature.unknownPlace;
        if (place == REFUSED) {
            throw Unknown.of(rows, row, column);
        }
        return place;
    }
}
