package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.numeric.Polynomial;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.List;

/** Products of features up to a degree, in the order of scikit-learn. */
public final class ProductsReader {
    private static final int MAX_FACTORS = 1 << 20;
    private static final int MAX_DEGREE = 64;

    private final PickledObject step;
    private final int width;
    private final boolean isDistinct;
    private final List<int[]> products = new ArrayList<>();
    private int numFactors;

    /** Reads the state of an object. */
    public ProductsReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
        isDistinct = step.flag("interaction_only", false);
    }

    /** The step. */
    public Transform read() {
        boolean isNew = step.optional("_max_degree").isPresent();
        int most = step.integer(isNew ? "_max_degree" : "degree", 0, MAX_DEGREE);
        int least = isNew ? step.integer("_min_degree", 0, MAX_DEGREE) : 0;
        if (step.flag("include_bias", true)) {
            products.add(new int[0]);
        }
        for (int degree = Math.max(1, least); degree <= most; degree++) {
            add(new int[degree], 0, 0);
        }
        if (products.isEmpty()) {
            throw step.error("degree", "expected products of features, found none");
        }
        return new Polynomial(width, products);
    }

    private void add(int[] factors, int count, int from) {
        if (count == factors.length) {
            numFactors += count + 4;
            if (numFactors > MAX_FACTORS) {
                throw step.error("degree", "expected fewer products, found too many");
            }
            products.add(factors.clone());
            return;
        }
        for (int f = from; f < width; f++) {
            // Too few features are left for products of distinct ones.
            if (isDistinct && width - f < factors.length - count) {
                return;
            }
            factors[count] = f;
            add(factors, count + 1, isDistinct ? f + 1 : f);
        }
    }
}
