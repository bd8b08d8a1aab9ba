package dev.nightjar.engine.format.lightgbm;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Cuts a file into its header and its trees. */
final class SectionReader {
    private final Section header;
    private final List<Section> trees = new ArrayList<>();

    SectionReader(String text, String file) {
        header = new Section(file, "header");
        Section current = header;
        boolean hasEnd = false;
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext() && !hasEnd) {
            String line = lines.next();
            if (line.startsWith("Tree=")) {
                current = new Section(file, line);
                trees.add(current);
            } else if (line.startsWith("end of trees") || line.startsWith("feature_importances")) {
                hasEnd = true;
            } else if (!line.isBlank()) {
                current.add(line);
            }
        }
        int expected =
                (int) header.optional("tree_sizes").map(s -> words(s)).orElse(0L).longValue();
        boolean isWhole = hasEnd || expected == 0 || expected == trees.size();
        if (!isWhole || expected != 0 && expected != trees.size()) {
            throw new ModelFormatException(
                    "%s: expected %d trees, found %d; is the file complete?"
                            .formatted(file, expected, trees.size()));
        }
    }

    private static long words(String text) {
        return text.split(" +").length;
    }

    Section header() {
        return header;
    }

    List<Section> trees() {
        return trees;
    }
}
