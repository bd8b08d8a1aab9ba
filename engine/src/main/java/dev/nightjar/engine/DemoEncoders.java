package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.encoder.EncoderTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small encoders that ship inside the jar: a model folder for each task, read where it lies.
 * Once loaded they need this no more.
 */
final class DemoEncoders implements AutoCloseable {

    private Optional<FileSystem> jar = Optional.empty();

    /** The name of the one for a task. */
    static String name(EncoderTask task) {
        return DemoModel.NAME
                + switch (task) {
                    case EMBED -> "-embed";
                    case RERANK -> "-rerank";
                    case CLASSIFY -> "-classify";
                };
    }

    /** Opens one of them. */
    Checkpoint open(String name) {
        String config = "demo/" + name + "/config.json";
        URL found = DemoEncoders.class.getResource(config);
        if (found == null) {
            throw new IllegalStateException(
                    "this build of the engine has no demo encoder (" + config + ")");
        }
        try {
            return Checkpoints.open(path(found).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo encoder " + name, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot read the demo encoder at " + found, e);
        }
    }

    /** A jar is opened once; a folder of classes and the JDK's image have paths of their own. */
    private Path path(URL file) throws IOException, URISyntaxException {
        if (!(file.getProtocol().equals("jar")
                && file.openConnection() instanceof JarURLConnection entry)) {
            return Path.of(file.toURI());
        }
        if (jar.isEmpty()) {
            jar = Optional.of(FileSystems.newFileSystem(Path.of(entry.getJarFileURL().toURI())));
        }
        return jar.get().getPath(entry.getEntryName());
    }

    @Override
    public void close() {
        try {
            if (jar.isPresent()) {
                jar.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the engine's jar", e);
        }
    }
}
