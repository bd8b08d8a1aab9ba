package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.FeatureOrder;
import dev.nightjar.engine.tabular.TabularModel;
import java.util.ArrayList;
import java.util.List;

/** Where each feature stands among columns that a request names. */
public final class NamedColumns {

    private NamedColumns() {}

    /**
     * A place for each feature, −1 for one that is left out and may be.
     *
     * @throws dev.nightjar.engine.request.InvalidRequestException naming columns that are missing,
     *     unknown or given twice
     */
    public static int[] order(TabularModel model, List<String> columns) {
        List<String> completed = new ArrayList<>(columns);
        for (int i = 0; i < model.featureNames().size(); i++) {
            String name = model.featureNames().get(i);
            if (!columns.contains(name) && FeatureTypes.isOptional(model, i)) {
                completed.add(name);
            }
        }
        int[] order = FeatureOrder.of(model, completed);
        for (int i = 0; i < order.length; i++) {
            order[i] = order[i] < columns.size() ? order[i] : -1;
        }
        return order;
    }
}
