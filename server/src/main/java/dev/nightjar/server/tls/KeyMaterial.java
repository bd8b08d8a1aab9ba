package dev.nightjar.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's own key with the certificates that vouch for it.
 *
 * @param key the secret
 * @param chain the certificate first, then those between it and its root
 */
record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    /**
     * Reads it from its files.
     *
     * @throws TlsException if it cannot be used
     */
    static KeyMaterial read(TlsConfig.Identity files) {
        KeyMaterial material =
                files.keystore().isPresent()
                        ? ofKeystore(files.keystore().get(), files.password())
                        : ofPem(files);
        material.requireMatch(files);
        return material;
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().toString();
    }

    private static KeyMaterial ofPem(TlsConfig.Identity files) {
        Path certificate = files.certificate().orElseThrow();
        List<X509Certificate> chain = new PemFile(certificate).certificates();
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        PrivateKey key =
                new PemFile(files.key().orElse(certificate)).key(algorithm, files.password());
        return new KeyMaterial(key, chain);
    }

    private static KeyMaterial ofKeystore(Path path, Optional<String> password) {
        char[] secret = password.map(String::toCharArray).orElseGet(() -> new char[0]);
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getKey(alias, secret) instanceof PrivateKey key) {
                    return new KeyMaterial(key, chain(store, alias));
                }
            }
        } catch (IOException | GeneralSecurityException unusable) {
            throw new TlsException(
                    "%s: expected a PKCS#12 file that server.tls.password opens: %s"
                            .formatted(path, unusable.getMessage()));
        } finally {
            Arrays.fill(secret, '\0');
        }
        throw new TlsException(path + ": expected a key with its certificate, found none");
    }

    private static List<X509Certificate> chain(KeyStore store, String alias)
            throws GeneralSecurityException {
        return Stream.of(store.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** Two files that were not made for each other would fail at each client only. */
    private void requireMatch(TlsConfig.Identity files) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] probe = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate().getPublicKey());
            verifying.update(probe);
            if (verifying.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException unlike) {
            // told below, as a wrong signature is
        }
        throw new TlsException(files + ": the key does not belong to the certificate");
    }
}
