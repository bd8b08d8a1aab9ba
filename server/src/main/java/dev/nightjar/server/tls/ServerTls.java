package dev.nightjar.server.tls;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What the listeners encrypt with: read once, read again when the files change. Thread-safe. */
public final class ServerTls implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());
    private static final Duration SOON = Duration.ofDays(14);

    private final TlsConfig config;
    private final ReloadingContext context;
    private final FileWatch watch;
    private volatile KeyMaterial own;

    /**
     * Reads the files, and looks at them again and again until it is closed.
     *
     * @throws TlsException if they cannot be used
     */
    public ServerTls(TlsConfig config) {
        this.config = config;
        this.own = KeyMaterial.read(config.identity());
        this.context = new ReloadingContext(Contexts.server(own, config));
        warnIfOld();
        this.watch = FileWatch.start(files(config), config.reload(), this::reload);
    }

    /** As the web server takes it. */
    public Tls tls() {
        return Tls.builder()
                .sslContext(context.asContext())
                .enabledProtocols(config.protocols())
                .enabledCipherSuites(config.ciphers())
                .addApplicationProtocol("http/1.1")
                .clientAuth(config.clients().map(ServerTls::demand).orElse(TlsClientAuth.NONE))
                .build();
    }

    /** For a client in this process: believes this server's certificate and no other. */
    public SSLContext ownClient() {
        return Contexts.client(own);
    }

    /** What is spoken, with whose certificate, until when; for people. */
    public String summary() {
        X509Certificate certificate = own.certificate();
        return "%s, certificate of %s until %s%s"
                .formatted(
                        String.join(" and ", config.protocols()),
                        certificate.getSubjectX500Principal().getName(),
                        LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZoneOffset.UTC),
                        config.clients().map(ServerTls::words).orElse(""));
    }

    /** Ends looking at the files. */
    @Override
    public void close() {
        watch.close();
    }

    /**
     * Files may be half written, or of two generations, when they are read: the next look tells.
     */
    private void reload() {
        try {
            KeyMaterial next = KeyMaterial.read(config.identity());
            context.replace(Contexts.server(next, config));
            own = next;
            LOG.log(System.Logger.Level.INFO, "new certificate: " + summary());
            warnIfOld();
        } catch (TlsException unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "changed TLS files are not used yet, the ones before are: "
                            + unusable.getMessage());
        }
    }

    private void warnIfOld() {
        Instant end = own.certificate().getNotAfter().toInstant();
        if (end.isBefore(Instant.now().plus(SOON))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the certificate of %s %s %s"
                            .formatted(
                                    own,
                                    end.isBefore(Instant.now()) ? "ended at" : "ends at",
                                    end));
        }
    }

    private static List<Path> files(TlsConfig config) {
        TlsConfig.Identity own = config.identity();
        return Stream.of(
                        own.certificate(),
                        own.key(),
                        own.keystore(),
                        config.clients().map(TlsConfig.Clients::authorities))
                .flatMap(Optional::stream)
                .toList();
    }

    private static TlsClientAuth demand(TlsConfig.Clients clients) {
        return clients.demand() == TlsConfig.Demand.REQUIRED
                ? TlsClientAuth.REQUIRED
                : TlsClientAuth.OPTIONAL;
    }

    private static String words(TlsConfig.Clients clients) {
        return clients.demand() == TlsConfig.Demand.REQUIRED
                ? "; clients need certificates"
                : "; clients may have certificates";
    }
}
