package dev.nightjar.server.observe.log;

import dev.nightjar.server.observe.request.FinishedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Writes one line per request when it ends; never what was asked or answered. Thread-safe. */
public final class AccessLog implements Consumer<FinishedRequest>, AutoCloseable {

    private final AccessLogFormat format;
    private final OutputStream out;

    private AccessLog(AccessLogFormat format, OutputStream out) {
        this.format = format;
        this.out = out;
    }

    /**
     * Writes where the configuration says, else to standard error.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if the file cannot be written
     */
    public static AccessLog open(AccessLogConfig config) {
        OutputStream out =
                config.file().isPresent()
                        ? RotatingFile.open(config.file().get(), config.maxBytes(), config.kept())
                        : System.err;
        return new AccessLog(config.format(), out);
    }

    @Override
    public void accept(FinishedRequest request) {
        byte[] line = format.line(request);
        try {
            out.write(line); // one call a line, so that lines of several threads do not mix
            out.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException("the access log cannot be written", failed);
        }
    }

    /** Closes the file; standard error stays open. */
    @Override
    public void close() {
        if (out instanceof RotatingFile file) {
            file.close();
        }
    }
}
