package dev.nightjar.server.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of several versions a client wants. */
public enum Channel {
    /** The newest. */
    LATEST,
    /** The one for production, which a name without version means. */
    STABLE,
    /** An old one that is still served. */
    LEGACY;

    /** Its suffix in ids, without the hyphen. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The channel with this suffix. */
    public static Optional<Channel> of(String suffix) {
        return Stream.of(values()).filter(channel -> channel.suffix().equals(suffix)).findFirst();
    }
}
