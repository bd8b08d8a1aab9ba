package dev.nightjar.server.transport;

import dev.nightjar.server.tls.TlsConfig;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * Keys of the section {@code server} about the way from the network to the routes.
 *
 * @param tls what connections are encrypted with, if they are
 * @param admin the address of a second listener for operators, if there is one
 * @param proxies who may say for whom it asks
 * @param pathPrefix what paths may begin with, such as {@code /llm}; empty for nothing
 * @param limits what a connection may cost
 */
public record TransportConfig(
        Optional<TlsConfig> tls,
        Optional<Address> admin,
        TrustedProxies proxies,
        String pathPrefix,
        LimitConfig limits) {

    /**
     * Where a listener listens.
     *
     * @param host the address
     * @param port the port; 0 takes a free one
     */
    public record Address(String host, int port) {}

    private static final int MAX_PORT = 65_535;
    private static final String PREFIX_FORM = "(/[A-Za-z0-9._~-]+)+";

    private static final Key<Section> TLS =
            Key.section(
                    "tls",
                    TlsConfig.KEYS,
                    "Encrypt connections; without it they are not, and a proxy should.");
    private static final Key<Integer> ADMIN_PORT =
            Key.integer(
                    "admin_port",
                    0,
                    MAX_PORT,
                    "Port of a second listener, 0 for any free one: /admin, /metrics and /console"
                            + " answer there and no longer at port; without it there is one"
                            + " listener.");
    private static final Key<String> ADMIN_HOST =
            Key.text("admin_host", "Address of the second listener; 127.0.0.1 without it.");
    private static final Key<List<String>> TRUSTED_PROXIES =
            Key.texts(
                    "trusted_proxies",
                    "Addresses and networks, such as 10.0.0.0/8, whose X-Forwarded-For, -Proto,"
                            + " -Host and -Prefix are believed; none without it.");
    private static final Key<String> PATH_PREFIX =
            Key.text(
                    "path_prefix",
                    "What paths begin with behind a proxy that leaves it there, such as /llm; paths"
                            + " without it are answered, too; nothing without it.");
    private static final Key<Section> LIMITS =
            Key.section("limits", LimitConfig.KEYS, "What a connection may cost.");

    /** Its keys. */
    public static final KeySet KEYS =
            KeySet.of(TLS, ADMIN_HOST, ADMIN_PORT, TRUSTED_PROXIES, PATH_PREFIX, LIMITS);

    /** What holds without a file. */
    public static TransportConfig defaults() {
        return read(Section.ABSENT);
    }

    /**
     * Of the section {@code server}.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if it cannot be used
     */
    public static TransportConfig read(Section section) {
        if (section.has(ADMIN_HOST) && !section.has(ADMIN_PORT)) {
            throw section.fault("admin_host needs admin_port, which opens the second listener");
        }
        return new TransportConfig(
                section.get(TLS).map(TlsConfig::read),
                section.get(ADMIN_PORT)
                        .map(port -> new Address(section.get(ADMIN_HOST, "127.0.0.1"), port)),
                TrustedProxies.read(section, section.get(TRUSTED_PROXIES, List.of())),
                prefix(section),
                LimitConfig.read(section.section(LIMITS)));
    }

    private static String prefix(Section section) {
        String prefix = section.get(PATH_PREFIX, "");
        if (!prefix.isEmpty() && !prefix.matches(PREFIX_FORM)) {
            throw section.fault(
                    "path_prefix must be a path such as /llm, without an end of /, found '%s'"
                            .formatted(prefix));
        }
        return prefix;
    }
}
