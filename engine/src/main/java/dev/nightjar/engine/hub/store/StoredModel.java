package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One model in the store: a folder of its own with its files, and what is known about them.
 *
 * @param folder where its files are
 * @param id owner and name, as in {@code owner/name}
 * @param endpoint the hub it came from
 * @param commit its revision, 40 hexadecimal digits
 * @param revisions the branches and tags under which it was asked for
 * @param files the set it consists of
 * @param pulled when its last byte was verified; empty while some are missing
 */
public record StoredModel(
        Path folder,
        String id,
        String endpoint,
        String commit,
        SequencedSet<String> revisions,
        FileSet files,
        Optional<Instant> pulled) {

    private static final int SHORT_COMMIT = 12;

    /** Copies the revisions. */
    public StoredModel {
        revisions = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(revisions));
    }

    /** Whether all files are there, and as the hub lists them. */
    public boolean isComplete() {
        return pulled.isPresent();
    }

    /** The reference that means this model while no newer one of its revision is in the store. */
    public ModelRef ref() {
        return ModelRef.parse(id).withPart(files.variant());
    }

    /** As many digits of the commit as tell revisions apart. */
    public String shortCommit() {
        return commit.substring(0, SHORT_COMMIT);
    }

    /** What to open: the first GGUF file, or the folder of a model that is not one file. */
    public Path path() {
        return isFolder() ? folder : folder.resolve(files.files().getFirst().path());
    }

    /** Whether {@link #path} is a folder. */
    public boolean isFolder() {
        return files.variant().equals(FileSet.SAFETENSORS) || files.variant().equals(FileSet.TORCH);
    }

    /** Bytes that are there, those of unfinished files included. */
    public long presentBytes() {
        return files.files().stream().mapToLong(this::presentBytes).sum();
    }

    /** The files that are missing, or of another size than they should be. */
    public List<HubFile> missing() {
        return files.files().stream().filter(file -> !isPresent(file)).toList();
    }

    /** Whether a reference means this model, or one of several. */
    boolean matches(ModelRef ref) {
        return id.equalsIgnoreCase(ref.id())
                && ref.part().map(this::isPart).orElse(true)
                && ref.revision().map(this::isRevision).orElse(true);
    }

    boolean isPresent(HubFile file) {
        return sizeOf(folder.resolve(file.path())) == file.bytes();
    }

    /** Bytes of one of the files that are there. */
    public long presentBytes(HubFile file) {
        return isPresent(file)
                ? file.bytes()
                : Math.max(0, sizeOf(PartFile.besides(folder.resolve(file.path()))));
    }

    private boolean isPart(String part) {
        return files.variant().equalsIgnoreCase(part)
                || files.files().stream()
                        .anyMatch(f -> f.path().equals(part) || f.fileName().equals(part));
    }

    private boolean isRevision(String revision) {
        return revisions.contains(revision)
                || (revision.matches("[0-9a-f]{7,40}") && commit.startsWith(revision));
    }

    /** Or -1 if there is no such file. */
    private static long sizeOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the size of " + file, unreadable);
        }
    }
}
