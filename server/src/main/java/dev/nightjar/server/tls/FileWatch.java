package dev.nightjar.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/**
 * Looks at files again and again and tells when one has changed. Looking works where notices of the
 * system do not: on network folders, and where files are links that move, as those of Kubernetes.
 */
final class FileWatch implements AutoCloseable {

    private final List<Path> files;
    private final Runnable onChange;
    private final Thread thread;

    private FileWatch(List<Path> files, Duration interval, Runnable onChange) {
        this.files = files;
        this.onChange = onChange;
        List<String> first = looks();
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("certificate-watch")
                        .unstarted(() -> watch(first, interval));
    }

    /**
     * Begins to look.
     *
     * @param onChange runs on the thread that looks, at each change
     */
    static FileWatch start(List<Path> files, Duration interval, Runnable onChange) {
        FileWatch watch = new FileWatch(files, interval, onChange);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch(List<String> first, Duration interval) {
        List<String> known = first;
        try {
            while (true) {
                Thread.sleep(interval);
                List<String> now = looks();
                if (!now.equals(known)) {
                    known = now;
                    onChange.run();
                }
            }
        } catch (InterruptedException closed) {
            // the one who closed this has told everything
        }
    }

    private List<String> looks() {
        return files.stream().map(FileWatch::look).toList();
    }

    private static String look(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException missing) {
            return "missing";
        }
    }
}
