package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that two revisions of a repository have in common, told by their hashes. They are linked,
 * or copied where the file system has no links, so that only what changed is fetched.
 */
final class SharedContent {

    private SharedContent() {}

    /** Takes over what other revisions of the model have. */
    static void link(ModelStore store, StoredModel model) throws IOException {
        for (HubFile file : model.missing()) {
            Optional<Path> twin = twin(store, model, file);
            if (twin.isPresent()) {
                Path target = model.folder().resolve(file.path());
                Files.createDirectories(target.getParent());
                Files.deleteIfExists(target);
                linkOrCopy(twin.get(), target);
            }
        }
    }

    /** Bytes of a file that its removal frees: none while it has another name. */
    static long freedBytes(Path file) throws IOException {
        boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        boolean isShared = isUnix && (int) Files.getAttribute(file, "unix:nlink") > 1;
        return isShared ? 0 : Files.size(file);
    }

    private static Optional<Path> twin(ModelStore store, StoredModel model, HubFile file) {
        if (file.sha256().isEmpty() && file.gitBlob().isEmpty()) {
            return Optional.empty();
        }
        return store.matching(ModelRef.parse(model.id())).stream()
                .filter(StoredModel::isComplete)
                .filter(other -> other.files().files().contains(file) && other.isPresent(file))
                .map(other -> other.folder().resolve(file.path()))
                .findFirst();
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Path draft = PartFile.besides(target);
            Files.deleteIfExists(draft);
            Files.copy(source, draft);
            Files.move(draft, target);
        }
    }
}
