package dev.nightjar.engine.hub.select;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sorts the GGUF files of a repository into models: parts of a split file belong together, and the
 * end of the name says the quantization, as in {@code name-Q4_K_M-00001-of-00002.gguf}.
 */
final class GgufSets {

    private static final Pattern FILE =
            Pattern.compile("(.+?)(?:-(\\d{5})-of-(\\d{5}))?\\.gguf", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUANT =
            Pattern.compile(
                    "(?:^|[-_.])((?:UD-)?"
                            + "(?:I?Q\\d+(?:_[A-Z0-9]+)*|TQ\\d_\\d|MXFP4(?:_MOE)?|B?F16|FP?32|FP16))$",
                    Pattern.CASE_INSENSITIVE);

    /** Files that accompany a model and are none. */
    private static final Pattern COMPANION =
            Pattern.compile(
                    "(?:^|.*[-_.])(?:mmproj|imatrix)(?:[-_.].*|$)", Pattern.CASE_INSENSITIVE);

    private GgufSets() {}

    /** All models, under names that differ. */
    static List<FileSet> of(Collection<HubFile> files) {
        Map<String, List<HubFile>> byModel = new TreeMap<>();
        for (HubFile file : files) {
            Matcher name = FILE.matcher(file.path());
            if (name.matches() && !COMPANION.matcher(file.fileName()).matches()) {
                String model = name.group(1) + (isSplit(name) ? "-of-" + name.group(3) : "");
                byModel.computeIfAbsent(model, key -> new ArrayList<>()).add(file);
            }
        }
        Map<String, Long> uses =
                byModel.values().stream()
                        .collect(Collectors.groupingBy(GgufSets::variant, Collectors.counting()));
        List<FileSet> sets = new ArrayList<>();
        byModel.forEach(
                (model, parts) -> {
                    String variant = variant(parts);
                    String unique = uses.get(variant) == 1 ? variant : flat(model);
                    parts.sort(Comparator.comparing(HubFile::path));
                    sets.add(new FileSet(unique, parts));
                });
        return sets;
    }

    /**
     * The set, if no part of a split file is missing.
     *
     * @throws HubException.NotFound saying how many there are
     */
    static FileSet requireWhole(FileSet set) {
        Matcher name = FILE.matcher(set.files().getFirst().path());
        int expected = name.matches() && isSplit(name) ? Integer.parseInt(name.group(3)) : 1;
        if (set.files().size() != expected) {
            throw new HubException.NotFound(
                    "%s: expected %d parts in the repository, found %d"
                            .formatted(
                                    set.files().getFirst().path(), expected, set.files().size()));
        }
        return set;
    }

    private static boolean isSplit(Matcher name) {
        return name.group(3) != null;
    }

    /** The quantization, or else the name, of the file that these are the parts of. */
    private static String variant(List<HubFile> parts) {
        Matcher name = FILE.matcher(parts.getFirst().fileName());
        String stem = name.matches() ? name.group(1) : parts.getFirst().fileName();
        Matcher quant = QUANT.matcher(stem);
        return quant.find() ? quant.group(1).toUpperCase(Locale.ROOT) : flat(stem);
    }

    /** Safe as the name of a folder. */
    private static String flat(String stem) {
        String flat = stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
        return flat.isEmpty() ? "model" : flat;
    }
}
