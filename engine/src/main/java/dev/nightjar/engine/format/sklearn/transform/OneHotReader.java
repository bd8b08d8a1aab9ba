package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.encode.OneHot;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One-hot encoders: dropped, rare and unknown categories. */
public final class OneHotReader {
    private final PickledObject encoder;
    private final CategoryReader categories;
    private final String unknown;
    private final double[] allDropped;

    /** Reads the state of an object. */
    public OneHotReader(PickledObject encoder) {
        this.encoder = encoder;
        categories = new CategoryReader(encoder);
        unknown = encoder.oneOf("handle_unknown", "error", "ignore", "infrequent_if_exist", "warn");
        allDropped = allDropped();
    }

    /** The step. */
    public Transform read() {
        List<OneHot.Feature> features = new ArrayList<>();
        for (int f = 0; f < categories.size(); f++) {
            features.add(feature(f));
        }
        return new OneHot(features);
    }

    private OneHot.Feature feature(int feature) {
        int[] places = categories.numbers(feature);
        int width = 0;
        for (int place : places) {
            width = Math.max(width, place + 1);
        }
        int dropped = dropped(feature);
        if (dropped >= width) {
            throw encoder.error("drop_idx_", "expected a category, found " + dropped);
        }
        for (int c = 0; c < places.length; c++) {
            places[c] = behind(places[c], dropped);
        }
        int rest =
                switch (unknown) {
                    case "error" -> OneHot.REFUSED;
                    case "ignore" -> OneHot.NONE;
                    default ->
                            categories.isGrouped(feature)
                                    ? behind(categories.rare(feature), dropped)
                                    : OneHot.NONE;
                };
        return new OneHot.Feature(
                categories.of(feature), places, rest, dropped >= 0 ? width - 1 : width);
    }

    /** The place of a category once one is dropped. */
    private static int behind(int place, int dropped) {
        if (dropped < 0 || place < dropped) {
            return place;
        }
        return place == dropped ? OneHot.NONE : place - 1;
    }

    private double[] allDropped() {
        String name =
                encoder.optional("_drop_idx_after_grouping").isPresent()
                        ? "_drop_idx_after_grouping"
                        : "drop_idx_";
        if (encoder.optional(name).isPresent()) {
            return encoder.numbers(name, categories.size());
        }
        double[] none = new double[categories.size()];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** The category that is dropped, by its number after grouping; −1 for none. */
    private int dropped(int feature) {
        double dropped = allDropped[feature];
        if (Double.isNaN(dropped)) {
            return -1;
        }
        if (!(dropped >= 0 && dropped < categories.of(feature).size())) {
            throw encoder.error("drop_idx_", "expected categories, found " + dropped);
        }
        return (int) dropped;
    }
}
