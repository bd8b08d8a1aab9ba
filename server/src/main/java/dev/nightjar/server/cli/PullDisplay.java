package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.store.ProgressListener;
import dev.nightjar.engine.hub.store.PullEvent;
import dev.nightjar.engine.hub.store.PullPlan;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.terminal.LiveLines;
import dev.nightjar.server.terminal.TransferLine;
import dev.nightjar.server.terminal.TransferRate;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Shows a pull: on a terminal a bar for each file on its way and one for all, elsewhere a line for
 * each file that is done and one now and then for all.
 */
final class PullDisplay implements ProgressListener {

    /** What the messages are written to. */
    enum Medium {
        /** A terminal, whose lines can be drawn again. */
        TERMINAL,
        /** A file or a pipe. */
        PLAIN
    }

    private static final long DRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintStream err;
    private final Medium medium;
    private final LiveLines lines;
    private final TransferRate rate = new TransferRate();
    private final Map<HubFile, Long> present = new HashMap<>();
    private final SequencedSet<HubFile> active = new LinkedHashSet<>();
    private final List<String> lasting = new ArrayList<>();
    private long totalBytes;
    private long nextNanos;

    PullDisplay(PrintStream err, Medium medium) {
        this.err = err;
        this.medium = medium;
        this.lines = new LiveLines(err);
    }

    @Override
    public synchronized void accept(PullEvent event) {
        long now = System.nanoTime();
        switch (event) {
            case PullEvent.Started started -> begin(started.plan(), now);
            case PullEvent.Advanced advanced -> {
                present.put(advanced.file(), advanced.bytes());
                active.add(advanced.file());
                show(now);
            }
            case PullEvent.Retrying retrying -> {
                lasting.add(
                        "  %s: %s; trying again in %.1f s"
                                .formatted(
                                        retrying.file().path(),
                                        retrying.reason(),
                                        retrying.delay().toMillis() / 1000.0));
                showAtOnce(now);
            }
            case PullEvent.Finished finished -> {
                active.remove(finished.file());
                present.put(finished.file(), finished.file().bytes());
                lasting.add(TransferLine.done(finished.file().path(), size(finished.file())));
                showAtOnce(now);
            }
        }
    }

    /** Takes the live lines away, when nothing comes any more. */
    synchronized void close() {
        active.clear();
        if (medium == Medium.TERMINAL) {
            lines.draw(lasting, List.of());
        }
    }

    private void begin(PullPlan plan, long now) {
        totalBytes = plan.totalBytes();
        StoredModel model = plan.model();
        model.files().files().forEach(file -> present.put(file, model.presentBytes(file)));
        nextNanos = medium == Medium.TERMINAL ? now : now + LINE_NANOS;
        rate.at(now, presentBytes());
    }

    private void show(long now) {
        if (now - nextNanos < 0) {
            return;
        }
        if (medium == Medium.TERMINAL) {
            draw(now);
        } else {
            err.println(total(now));
            nextNanos = now + LINE_NANOS;
        }
    }

    private void showAtOnce(long now) {
        if (medium == Medium.TERMINAL) {
            draw(now);
        } else {
            lasting.forEach(err::println);
            lasting.clear();
        }
    }

    private void draw(long now) {
        List<String> live = new ArrayList<>();
        for (HubFile file : active) {
            live.add(TransferLine.active(file.path(), present.get(file), file.bytes(), size(file)));
        }
        if (!active.isEmpty()) {
            live.add(total(now));
        }
        lines.draw(lasting, live);
        lasting.clear();
        nextNanos = now + DRAW_NANOS;
    }

    private String total(long now) {
        long bytes = presentBytes();
        double bytesPerSecond = rate.at(now, bytes);
        return TransferLine.total(
                new ByteSize(bytes) + " of " + new ByteSize(totalBytes),
                new ByteSize((long) bytesPerSecond) + "/s",
                bytesPerSecond > 0
                        ? Duration.ofSeconds((long) ((totalBytes - bytes) / bytesPerSecond))
                        : Duration.ZERO);
    }

    private long presentBytes() {
        return present.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String size(HubFile file) {
        return new ByteSize(file.bytes()).toString();
    }
}
