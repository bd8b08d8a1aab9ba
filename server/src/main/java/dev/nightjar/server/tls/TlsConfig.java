package dev.nightjar.server.tls;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code server.tls}.
 *
 * @param identity where the server's own certificate and key lie
 * @param clients whose certificates clients may show, and whether they must
 * @param protocols versions that are spoken
 * @param ciphers suites that are offered, in this order; those of the JVM if empty
 * @param reload time between looks at the files
 */
public record TlsConfig(
        Identity identity,
        Optional<Clients> clients,
        List<String> protocols,
        List<String> ciphers,
        Duration reload) {

    /**
     * Files with the server's certificate and key.
     *
     * @param certificate a PEM file with the certificate, and those between it and its root
     * @param key a PEM file with the key; the certificate's file if it holds both
     * @param keystore a PKCS#12 file with all of them, instead of the other two
     * @param password of the key or the keystore
     */
    public record Identity(
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Path> keystore,
            Optional<String> password) {

        /** Without the password. */
        @Override
        public String toString() {
            return keystore.or(() -> certificate).map(Path::toString).orElse("");
        }
    }

    /**
     * Who may show a certificate.
     *
     * @param authorities a PEM file with the certificates of those who sign for clients
     * @param demand whether a client must have one
     */
    public record Clients(Path authorities, Demand demand) {}

    /** Whether clients show a certificate. */
    public enum Demand {
        /** None without one gets in. */
        REQUIRED,
        /** Whoever has one may show it. */
        OPTIONAL
    }

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Key<String> CERTIFICATE =
            Key.text(
                    "certificate",
                    "PEM file with the server's certificate, followed by those between it and its"
                            + " root.");
    private static final Key<String> KEY =
            Key.text(
                    "key",
                    "PEM file with the key of the certificate (PKCS#8, encrypted or not); without"
                            + " it, the file of the certificate holds the key, too.");
    private static final Key<String> KEYSTORE =
            Key.text(
                    "keystore",
                    "PKCS#12 file with certificate and key, instead of certificate and key.");
    private static final Key<String> PASSWORD =
            Key.text(
                    "password",
                    "Password of the key or the keystore; better ${NAME} than the password"
                            + " itself.");
    private static final Key<String> CLIENT_CA =
            Key.text(
                    "client_ca",
                    "PEM file with certificates of authorities; clients may show certificates that"
                            + " these have signed.");
    private static final Key<Demand> CLIENT_CERTIFICATE =
            Key.word(
                    "client_certificate",
                    Demand.class,
                    "Whether clients must show a certificate; required without it, where client_ca"
                            + " is there.");
    private static final Key<List<String>> SPOKEN =
            Key.texts("protocols", "Of TLSv1.3 and TLSv1.2; both without it.");
    private static final Key<List<String>> CIPHERS =
            Key.texts(
                    "ciphers",
                    "Cipher suites by their names in Java, the preferred first; those of the Java"
                            + " runtime without it.");
    private static final Key<Duration> RELOAD =
            Key.duration(
                    "reload",
                    "Time between looks at the files; changed ones hold for new connections; 10s"
                            + " without it.");

    /** What the section may hold. */
    public static final KeySet KEYS =
            KeySet.of(
                    CERTIFICATE,
                    KEY,
                    KEYSTORE,
                    PASSWORD,
                    CLIENT_CA,
                    CLIENT_CERTIFICATE,
                    SPOKEN,
                    CIPHERS,
                    RELOAD);

    /**
     * Of a section that is there.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if its keys contradict each other
     */
    public static TlsConfig read(Section section) {
        return new TlsConfig(
                identity(section),
                clients(section),
                protocols(section),
                section.get(CIPHERS, List.of()),
                section.get(RELOAD, Duration.ofSeconds(10)));
    }

    private static Identity identity(Section section) {
        if (section.has(CERTIFICATE) == section.has(KEYSTORE)) {
            throw section.fault("expected certificate (and key), or keystore; one of them");
        }
        if (section.has(KEYSTORE) && section.has(KEY)) {
            throw section.fault("a keystore holds its key; leave key out");
        }
        return new Identity(
                section.get(CERTIFICATE).map(Path::of),
                section.get(KEY).map(Path::of),
                section.get(KEYSTORE).map(Path::of),
                section.get(PASSWORD));
    }

    private static Optional<Clients> clients(Section section) {
        if (section.has(CLIENT_CERTIFICATE) && !section.has(CLIENT_CA)) {
            throw section.fault("client_certificate needs client_ca, which says whom to believe");
        }
        return section.get(CLIENT_CA)
                .map(Path::of)
                .map(
                        authorities ->
                                new Clients(
                                        authorities,
                                        section.get(CLIENT_CERTIFICATE, Demand.REQUIRED)));
    }

    private static List<String> protocols(Section section) {
        List<String> spoken = section.get(SPOKEN, PROTOCOLS);
        if (spoken.isEmpty() || !PROTOCOLS.containsAll(spoken)) {
            throw section.fault(
                    "protocols must be some of %s, found %s; older ones are not safe"
                            .formatted(PROTOCOLS, spoken));
        }
        return spoken;
    }
}
