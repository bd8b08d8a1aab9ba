package dev.nightjar.server.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether this process may open connections to other machines. */
public enum Outbound {
    /** To whatever is configured or asked for. */
    ALLOWED,
    /** To this machine alone; everything else is an error. */
    OFFLINE;

    /** The environment's way to say so. */
    public static final String VARIABLE = "NIGHTJAR_OFFLINE";

    private static final String LOCALHOST = "localhost";
    private static final String LITERAL = "[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*";

    /** What the environment says. */
    public static Outbound of(Map<String, String> environment) {
        return List.of("", "0").contains(environment.getOrDefault(VARIABLE, "").strip())
                ? ALLOWED
                : OFFLINE;
    }

    /** What this process is held to. */
    public static Outbound ofProcess() {
        return Boolean.getBoolean(OfflineResolver.PROPERTY) ? OFFLINE : ALLOWED;
    }

    /** The stricter of both. */
    public Outbound and(Outbound other) {
        return this == OFFLINE ? this : other;
    }

    /** From now on no name is looked up either, if this is offline. For the whole JVM, for good. */
    public void enforce() {
        if (this == OFFLINE) {
            System.setProperty(OfflineResolver.PROPERTY, "true");
        }
    }

    /**
     * Lets a connection pass, or refuses it before any name is looked up.
     *
     * @param host a name or address, without brackets
     * @param purpose of the connection, such as {@code store.url}
     * @throws OfflineException if it leads to another machine, offline
     */
    public void require(String host, String purpose) {
        if (this == OFFLINE && !isThisMachine(host)) {
            throw new OfflineException(
                    "%s needs a connection to %s, and this is offline; leave it out, name an address of this machine, or go online (--offline, offline: true and %s=1 mean offline)"
                            .formatted(purpose, host, VARIABLE));
        }
    }

    static boolean isThisMachine(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST)) {
            return true;
        }
        try {
            return name.matches(LITERAL) && InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }
}
