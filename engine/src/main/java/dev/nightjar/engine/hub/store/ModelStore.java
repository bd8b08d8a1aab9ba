package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Models in a folder of this machine:
 *
 * <pre>
 * owner/name/VARIANT@COMMIT/        one model, 12 digits of its commit
 *     .nightjar-model.json          where it came from, its files, sizes and hashes
 *     model-Q4_K_M.gguf             its files, as the hub names them
 *     other.gguf.part               a file on its way, and
 *     other.gguf.part.tag           its version
 * .locks/owner/name/VARIANT@COMMIT  who changes the model
 * </pre>
 *
 * <p>Nothing is kept in memory, so several processes may use a folder at the same time.
 */
public final class ModelStore {

    private static final System.Logger LOG = System.getLogger(ModelStore.class.getName());
    private static final String FOLDER_VARIABLE = "NIGHTJAR_MODELS";
    private static final String HOME_VARIABLE = "NIGHTJAR_HOME";

    private final Path root;

    /** The store of a folder, which need not exist. */
    public ModelStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The store of this user: the system property {@code nightjar.models}, else the variable
     * NIGHTJAR_MODELS, else {@code models} in the folder NIGHTJAR_HOME, else {@code
     * ~/.nightjar/models}.
     */
    public static ModelStore ofUser() {
        String property = System.getProperty("nightjar.models", "");
        return new ModelStore(
                property.isBlank() ? defaultRoot(System.getenv()) : Path.of(property));
    }

    static Path defaultRoot(Map<String, String> environment) {
        String folder = environment.getOrDefault(FOLDER_VARIABLE, "");
        if (!folder.isBlank()) {
            return Path.of(folder);
        }
        return userFolder(environment).resolve("models");
    }

    /**
     * What Nightjar keeps for this user lies below it, the models too: the variable NIGHTJAR_HOME,
     * else {@code ~/.nightjar}.
     */
    public static Path userFolder(Map<String, String> environment) {
        String home = environment.getOrDefault(HOME_VARIABLE, "");
        return home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".nightjar")
                : Path.of(home);
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /** All models, unfinished ones too, by name; those with a damaged manifest are logged. */
    public List<StoredModel> list() {
        List<StoredModel> models = new ArrayList<>();
        for (Path owner : folders(root)) {
            for (Path name : folders(owner)) {
                folders(name).forEach(folder -> read(folder).ifPresent(models::add));
            }
        }
        models.sort(
                Comparator.comparing(StoredModel::id)
                        .thenComparing(model -> model.files().variant())
                        .thenComparing(StoredModel::commit));
        return models;
    }

    /** The models that a reference may mean, unfinished ones too. */
    public List<StoredModel> matching(ModelRef ref) {
        return list().stream().filter(model -> model.matches(ref)).toList();
    }

    /**
     * The complete model that a reference means. If it leaves open which, the one of revision
     * {@code main}, of the quantization that a pull would choose, pulled last.
     */
    public Optional<StoredModel> find(ModelRef ref) {
        List<StoredModel> complete =
                matching(ref).stream().filter(StoredModel::isComplete).toList();
        return complete.stream().min(Precedence.ORDER);
    }

    /**
     * As {@link #find}.
     *
     * @throws HubException.NotFound saying how to get it, if it is not there
     */
    public StoredModel require(ModelRef ref) {
        return find(ref).orElseThrow(() -> missing(ref));
    }

    /**
     * As {@link #find}, for who may open no connection: all files must be here.
     *
     * @throws HubException.Offline saying what is missing
     */
    public StoredModel requireWhole(ModelRef ref) {
        StoredModel model =
                find(ref)
                        .or(() -> matching(ref).stream().findFirst())
                        .orElseThrow(
                                () ->
                                        new HubException.Offline(
                                                ("%s is not in the store %s, and no"
                                                                + " connection may be opened")
                                                        .formatted(ref, root)));
        String missing =
                model.missing().stream().map(HubFile::path).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new HubException.Offline(
                    "%s lacks %s, and no connection may be opened".formatted(ref, missing));
        }
        return model;
    }

    /**
     * Removes a model.
     *
     * @return bytes that are free now
     * @throws HubException.Busy while it is pulled
     */
    public long remove(StoredModel model) {
        try (StoreLock _ = lock(model)) {
            // Without its manifest a folder is no model, should this process end half way.
            Files.deleteIfExists(model.folder().resolve(Manifest.NAME));
            long bytes = deleteTree(model.folder());
            deleteIfEmpty(model.folder().getParent());
            deleteIfEmpty(model.folder().getParent().getParent());
            return bytes;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + model.folder(), failed);
        }
    }

    /** Where a model belongs. */
    Path folder(ModelRef ref, FileSet files, String commit) {
        return root.resolve(ref.owner())
                .resolve(ref.name())
                .resolve(files.variant() + "@" + commit.substring(0, 12));
    }

    /** The model of a folder, if it is one. */
    Optional<StoredModel> read(Path folder) {
        if (!Files.exists(folder.resolve(Manifest.NAME))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.read(folder));
        } catch (HubException.Damaged damaged) {
            LOG.log(Level.WARNING, damaged.getMessage());
            return Optional.empty();
        }
    }

    /** Must be held while a model is changed. */
    StoreLock lock(StoredModel model) {
        Path name = root.relativize(model.folder());
        return StoreLock.take(root.resolve(".locks").resolve(name), model.ref().toString());
    }

    private HubException missing(ModelRef ref) {
        List<StoredModel> others =
                matching(new ModelRef(ref.owner(), ref.name(), Optional.empty(), Optional.empty()));
        boolean isBegun = matching(ref).stream().anyMatch(model -> !model.isComplete());
        String state = isBegun ? "is not all there" : "is not in the store " + root;
        String present =
                others.stream()
                        .filter(StoredModel::isComplete)
                        .map(model -> model.ref() + "@" + model.shortCommit())
                        .collect(Collectors.joining(", "));
        return new HubException.NotFound(
                "model %s %s%s; get it with: nightjar pull %s"
                        .formatted(
                                ref,
                                state,
                                present.isEmpty() ? "" : ", which has " + present,
                                ref));
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + parent, failed);
        }
    }

    /** Returns the bytes that this frees. */
    private static long deleteTree(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                bytes += Files.isRegularFile(path) ? SharedContent.freedBytes(path) : 0;
                Files.delete(path);
            }
        }
        return bytes;
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
