package dev.nightjar.server.console;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;

/**
 * The section {@code console}.
 *
 * @param isEnabled whether the console is served
 */
public record ConsoleConfig(boolean isEnabled) {

    private static final Key<Boolean> ENABLED =
            Key.bool("enabled", "Whether the web console is served at /console; true without it.");

    /** What it may hold. */
    public static final KeySet KEYS = KeySet.of(ENABLED);

    /** With a console. */
    public static ConsoleConfig defaults() {
        return new ConsoleConfig(true);
    }

    /** Reads the section. */
    public static ConsoleConfig read(Section section) {
        return new ConsoleConfig(section.get(ENABLED).orElse(true));
    }
}
