package dev.nightjar.engine.format.lightgbm;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that LightGBM saved. Lines of {@code key=value}: a header that begins with {@code tree},
 * a section {@code Tree=i} for each tree, and {@code end of trees}; what follows is not needed.
 */
public final class LightGbmFile {
    private static final int MAX_OUTPUTS = 1 << 16;
    private static final int MAX_FEATURES = 1 << 24;

    private final String file;
    private final Section header;
    private final List<Section> trees;

    private LightGbmFile(String file, Section header, List<Section> trees) {
        this.file = file;
        this.header = header;
        this.trees = trees;
    }

    /** Whether bytes begin like such a file. */
    public static boolean isLightGbm(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        return start.startsWith("tree\n") || start.startsWith("tree\r\n");
    }

    /**
     * Reads bytes of a file.
     *
     * @throws ModelFormatException if it breaks the format
     */
    public static LightGbmFile read(byte[] bytes, String file) {
        if (!isLightGbm(bytes)) {
            throw new ModelFormatException(
                    file
                            + ": expected a LightGBM model, text that begins with a line \"tree\","
                            + " found something else; save it with booster.save_model");
        }
        SectionReader reader = new SectionReader(new String(bytes, StandardCharsets.UTF_8), file);
        return new LightGbmFile(file, reader.header(), reader.trees());
    }

    /** The model as a booster predicts. */
    public TabularModel booster() {
        return build(false);
    }

    /** The model as the scikit-learn wrapper predicts: a classifier gives labels 0, 1, … */
    public TabularModel classifier() {
        return build(true);
    }

    private TabularModel build(boolean isClassifier) {
        int numOutputs = bounded("num_tree_per_iteration", MAX_OUTPUTS);
        int numFeatures = 1 + header.integer("max_feature_idx");
        if (numFeatures < 1 || numFeatures > MAX_FEATURES) {
            throw header.error("max_feature_idx", "expected 0 to 2^24, found " + (numFeatures - 1));
        }
        TreeEnsembleBuilder ensemble = new TreeEnsembleBuilder(file, numFeatures, numOutputs, 1);
        for (int t = 0; t < trees.size(); t++) {
            ensemble.add(new LightGbmTree(file, trees.get(t), t % numOutputs).read());
        }
        Aggregation aggregation =
                header.contains("average_output") ? Aggregation.SUM_THEN_MEAN : Aggregation.SUM;
        Scoring scoring =
                new Scoring(
                        new double[numOutputs], aggregation, Precision.DOUBLE, Precision.DOUBLE);
        String objective = header.optional("objective").orElse("custom");
        Link link = link(objective, aggregation);
        TreeModelBuilder builder =
                new TreeModelBuilder("LightGBM, " + objective, ensemble.build(), scoring)
                        .link(link)
                        .featureNames(names(numFeatures))
                        .details(details(objective));
        if (isClassifier && link.isProbability()) {
            builder.labels(ClassLabels.counting(Math.max(2, numOutputs)));
        }
        return builder.build();
    }

    /**
     * Random forests of version 2 hold leaves that went through the link function before they were
     * saved; later ones hold leaves as all others do. The file does not say which, but values of
     * one kind are rarely all possible ones of the other.
     */
    private Link link(String objective, Aggregation aggregation) {
        Link link = Objectives.link(objective, file);
        boolean isOldForest =
                aggregation == Aggregation.SUM_THEN_MEAN
                        && header.optional("version").orElse("v2").equals("v2");
        if (!isOldForest || link.shape() == Link.Shape.IDENTITY) {
            return link;
        }
        double largest = link.isProbability() ? 1 : Double.POSITIVE_INFINITY;
        boolean isLinked =
                trees.stream()
                        .flatMapToDouble(tree -> Arrays.stream(tree.numbers("leaf_value")))
                        .allMatch(value -> value >= 0 && value <= largest);
        if (!isLinked) {
            return link;
        }
        return link.isProbability() ? Link.of(Link.Shape.PROBABILITY) : Link.IDENTITY;
    }

    private int bounded(String key, int max) {
        int value = header.integer(key, 1);
        if (value < 1 || value > max) {
            throw header.error(key, "expected 1 to %d, found %d".formatted(max, value));
        }
        return value;
    }

    private List<String> names(int numFeatures) {
        List<String> names =
                header.optional("feature_names")
                        .map(text -> List.of(text.split(" ")))
                        .orElse(List.of());
        if (!names.isEmpty() && names.size() != numFeatures) {
            throw header.error(
                    "feature_names",
                    "expected %d names, found %d".formatted(numFeatures, names.size()));
        }
        return names;
    }

    private Map<String, String> details(String objective) {
        Map<String, String> details = new LinkedHashMap<>();
        header.optional("version").ifPresent(version -> details.put("version", version));
        details.put("objective", objective);
        return details;
    }
}
