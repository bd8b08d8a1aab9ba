package dev.nightjar.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates → contexts of the JDK. */
final class Contexts {

    private static final char[] IN_MEMORY = {};

    private Contexts() {}

    /**
     * For a server.
     *
     * @throws TlsException if the runtime does not have what is configured
     */
    static SSLContext server(KeyMaterial own, TlsConfig config) {
        List<X509Certificate> authorities =
                config.clients()
                        .map(clients -> new PemFile(clients.authorities()).certificates())
                        .orElse(List.of());
        SSLContext context = of(own, authorities);
        SSLEngine probe = context.createSSLEngine();
        try {
            probe.setEnabledProtocols(config.protocols().toArray(String[]::new));
            if (!config.ciphers().isEmpty()) {
                probe.setEnabledCipherSuites(config.ciphers().toArray(String[]::new));
            }
        } catch (IllegalArgumentException unknown) {
            throw new TlsException(
                    "server.tls: %s; this runtime has %s"
                            .formatted(
                                    unknown.getMessage(),
                                    String.join(", ", probe.getSupportedCipherSuites())));
        }
        return context;
    }

    /** For a client that believes this certificate alone, and shows it where one is asked for. */
    static SSLContext client(KeyMaterial own) {
        return of(own, List.of(own.certificate()));
    }

    private static SSLContext of(KeyMaterial own, List<X509Certificate> believed) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(own), trust(believed), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsException(
                    "the certificate of %s cannot be used: %s"
                            .formatted(own, unusable.getMessage()),
                    unusable);
        }
    }

    private static KeyManager[] keys(KeyMaterial own) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("own", own.key(), IN_MEMORY, own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    /** The authorities that the JDK comes with must not decide who a client is. */
    private static TrustManager[] trust(List<X509Certificate> believed)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (X509Certificate authority : believed) {
            store.setCertificateEntry("authority" + store.size(), authority);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
