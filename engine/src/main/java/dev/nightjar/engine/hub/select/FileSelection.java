package dev.nightjar.engine.hub.select;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the files of one model from a repository. GGUF files are models by themselves, so one
 * quantization is enough; elsewhere everything that a folder of safetensors needs is taken, and no
 * weights twice.
 */
public final class FileSelection {

    /** One kind of weights: the variant, how its files are named, and in words. */
    private record Weights(String variant, Pattern names, String expected) {

        /** An index of weights in another format would name files that are not fetched. */
        boolean isIndexOfOther(String path) {
            return INDEX.matcher(path).matches()
                    && !names.matcher(path.replace(".index.json", "")).matches();
        }
    }

    private static final Pattern INDEX =
            Pattern.compile(".*\\.(safetensors|bin|h5|msgpack)\\.index\\.json");
    private static final Weights SAFETENSORS =
            new Weights(FileSet.SAFETENSORS, Pattern.compile(".*\\.safetensors"), "*.safetensors");
    private static final Weights TORCH =
            new Weights(
                    FileSet.TORCH,
                    Pattern.compile("(.*/)?(diffusion_)?(pytorch|adapter)_model[^/]*\\.bin"),
                    "pytorch_model.bin");
    private static final Pattern TEXTS =
            Pattern.compile(
                    ".*\\.(json|model|jinja|spm|tiktoken)"
                            + "|(.*/)?(vocab[^/]*\\.txt|merges\\.txt|LICEN[CS]E[^/]*)");

    /** Copies of the weights for other programs. */
    private static final Set<String> EXPORTS =
            Set.of("onnx", "openvino", "coreml", "metal", "original", "tflite", "gguf");

    /** What is taken when nothing is asked for: small and good first, then larger, then plain. */
    private static final List<String> PREFERENCE =
            List.of(
                    "Q4_K_M", "Q4_K_S", "Q4_0", "Q5_K_M", "Q5_K_S", "Q6_K", "Q8_0", "IQ4_XS",
                    "IQ4_NL", "MXFP4", "BF16", "F16", "F32");

    private FileSelection() {}

    /** Place of a variant in the order of preference, from 0 for the most preferred. */
    public static int rank(String variant) {
        int place = PREFERENCE.indexOf(variant);
        return place < 0 ? PREFERENCE.size() : place;
    }

    /**
     * The files of the part that the listing's reference names, or of the part that is meant
     * without one.
     *
     * @throws HubException.NotFound if there is none, or if several may be meant
     */
    public static FileSet of(HubListing listing) {
        List<FileSet> ggufs = GgufSets.of(listing.files());
        Optional<String> part = listing.ref().part();
        if (part.isPresent()) {
            return GgufSets.requireWhole(asked(listing, ggufs, part.get()));
        }
        return ggufs.isEmpty()
                ? folder(listing, List.of(SAFETENSORS, TORCH))
                : GgufSets.requireWhole(preferred(listing, ggufs));
    }

    private static FileSet asked(HubListing listing, List<FileSet> ggufs, String part) {
        Optional<FileSet> folder =
                Stream.of(SAFETENSORS, TORCH)
                        .filter(weights -> weights.variant().equals(part))
                        .findFirst()
                        .map(weights -> folder(listing, List.of(weights)));
        return folder.or(() -> gguf(ggufs, part)).orElseThrow(() -> notFound(listing, ggufs, part));
    }

    private static Optional<FileSet> gguf(List<FileSet> sets, String part) {
        return sets.stream()
                .filter(set -> set.variant().equalsIgnoreCase(part) || hasFile(set, part))
                .findFirst();
    }

    private static boolean hasFile(FileSet set, String name) {
        return set.files().stream()
                .anyMatch(file -> file.path().equals(name) || file.fileName().equals(name));
    }

    private static HubException notFound(HubListing listing, List<FileSet> sets, String part) {
        String id = listing.ref().id();
        if (sets.isEmpty()) {
            return new HubException.NotFound(
                    "%s has no GGUF files, so ':%s' cannot choose among them; ask for %s alone"
                            .formatted(id, part, id));
        }
        boolean isFile = part.toLowerCase(Locale.ROOT).endsWith(".gguf");
        List<String> names =
                sets.stream()
                        .flatMap(
                                set ->
                                        isFile
                                                ? set.files().stream().map(HubFile::path)
                                                : Stream.of(set.variant()))
                        .toList();
        return new HubException.NotFound(
                "%s has no '%s'; it has %s".formatted(id, part, SimilarNames.of(part, names)));
    }

    private static FileSet preferred(HubListing listing, List<FileSet> sets) {
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        return sets.stream()
                .filter(set -> rank(set.variant()) < PREFERENCE.size())
                .min(Comparator.comparingInt(set -> rank(set.variant())))
                .orElseThrow(
                        () ->
                                new HubException.NotFound(
                                        "%s has several models; choose one with '%s:NAME' from %s"
                                                .formatted(
                                                        listing.ref().id(),
                                                        listing.ref().id(),
                                                        variants(sets))));
    }

    private static String variants(List<FileSet> sets) {
        return sets.stream().map(FileSet::variant).collect(Collectors.joining(", "));
    }

    /** The first kind of weights that there are, and the texts that belong to it. */
    private static FileSet folder(HubListing listing, List<Weights> kinds) {
        List<HubFile> files = listing.files().stream().filter(file -> !isExport(file)).toList();
        Set<String> paths = files.stream().map(HubFile::path).collect(Collectors.toSet());
        for (Weights kind : kinds) {
            List<HubFile> weights =
                    matching(files, kind.names(), path -> !Copies.isCopy(path, paths));
            if (!weights.isEmpty()) {
                List<HubFile> chosen = new ArrayList<>(weights);
                chosen.addAll(matching(files, TEXTS, path -> !kind.isIndexOfOther(path)));
                return new FileSet(kind.variant(), chosen);
            }
        }
        throw new HubException.NotFound(
                "%s has no weights that are read here; expected %s, found %s"
                        .formatted(
                                listing.ref().id(),
                                kinds.stream()
                                        .map(Weights::expected)
                                        .collect(Collectors.joining(" or ")),
                                paths.isEmpty()
                                        ? "no files"
                                        : SimilarNames.of("model.safetensors", paths)));
    }

    private static List<HubFile> matching(
            List<HubFile> files, Pattern pattern, Predicate<String> condition) {
        return files.stream()
                .filter(file -> pattern.matcher(file.path()).matches())
                .filter(file -> condition.test(file.path()))
                .toList();
    }

    /** Hidden files too: they are the repository's, not the model's. */
    private static boolean isExport(HubFile file) {
        String[] segments = file.path().split("/");
        for (int i = 0; i < segments.length; i++) {
            boolean isFolder = i < segments.length - 1;
            if (segments[i].startsWith(".") || (isFolder && EXPORTS.contains(segments[i]))) {
                return true;
            }
        }
        return false;
    }
}
