package dev.nightjar.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in a text file, as most tools write them. */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final int MAX_BYTES = 1 << 20;

    private final Path path;
    private final String text;

    PemFile(Path path) {
        this.path = path;
        this.text = read(path);
    }

    /** All certificates, at least one. */
    List<X509Certificate> certificates() {
        String blocks =
                BLOCK.matcher(text)
                        .results()
                        .filter(block -> block.group(1).equals("CERTIFICATE"))
                        .map(block -> block.group())
                        .collect(Collectors.joining("\n"));
        if (blocks.isEmpty()) {
            throw new TlsException(
                    path + ": expected a block '-----BEGIN CERTIFICATE-----', found none");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(blocks.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException damaged) {
            throw new TlsException(path + ": a certificate is damaged: " + damaged.getMessage());
        }
    }

    /**
     * The private key.
     *
     * @param algorithm of the certificate that it belongs to
     */
    PrivateKey key(String algorithm, Optional<String> password) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                return key(block.group(1), block.group(2), algorithm, password);
            }
        }
        throw new TlsException(
                path + ": expected a block '-----BEGIN PRIVATE KEY-----', found none");
    }

    private PrivateKey key(
            String kind, String content, String algorithm, Optional<String> password) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(content);
            PKCS8EncodedKeySpec spec =
                    switch (kind) {
                        case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(der);
                        case "ENCRYPTED PRIVATE KEY" -> decrypted(der, password);
                        default ->
                                throw new TlsException(
                                        ("%s: expected a PKCS#8 key, found '%s'; convert it with"
                                                        + " openssl pkcs8 -topk8 -nocrypt -in %s"
                                                        + " -out key.pem")
                                                .formatted(path, kind, path));
                    };
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException unusable) {
            // without the cause, which may repeat what it could not read
            throw new TlsException(
                    "%s: the key cannot be read as one for a certificate with %s"
                            .formatted(path, algorithm));
        }
    }

    private PKCS8EncodedKeySpec decrypted(byte[] der, Optional<String> password)
            throws GeneralSecurityException, IOException {
        if (password.isEmpty()) {
            throw new TlsException(path + ": the key is encrypted; server.tls.password is missing");
        }
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
        PBEKeySpec secret = new PBEKeySpec(password.get().toCharArray());
        try {
            String algorithm = encrypted.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(secret),
                    encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } catch (GeneralSecurityException wrong) {
            throw new TlsException(
                    path + ": server.tls.password does not open the key, or not in this JVM");
        } finally {
            secret.clearPassword();
        }
    }

    private static String read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new TlsException(
                        "%s: expected a PEM file of at most %d bytes, found %d"
                                .formatted(path, MAX_BYTES, Files.size(path)));
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            throw new TlsException(path + ": cannot be read: " + missing.getMessage(), missing);
        }
    }
}
