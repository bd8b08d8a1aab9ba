package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.server.cli.flags.ByteSize;
import java.util.Locale;

/** What a pull did, and what to do with its model. */
final class PullSummary {

    private PullSummary() {}

    static String of(ModelRef ref, long missingBytes, double seconds) {
        String did =
                missingBytes == 0
                        ? "nothing to download, all of it is here"
                        : String.format(
                                Locale.ROOT,
                                "%s in %.1f s (%s/s), verified",
                                new ByteSize(missingBytes),
                                seconds,
                                new ByteSize((long) (missingBytes / Math.max(seconds, 1e-3))));
        return did + "\nuse it: nightjar run --model " + ref;
    }
}
