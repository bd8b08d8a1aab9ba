package dev.nightjar.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that it signed itself, made by the JDK's keytool. */
public record TestIdentity(Path keystore, Path certificate, Path key) {

    public static final String PASSWORD = "a test's password";

    /** Made anew in a folder. */
    public static TestIdentity make(Path folder, String name) throws Exception {
        Path keystore = folder.resolve(name + ".p12");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        KeyStore store = load(keystore);
        Path certificate = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        Files.writeString(
                certificate, pem("CERTIFICATE", store.getCertificate("own").getEncoded()));
        Files.writeString(
                key, pem("PRIVATE KEY", store.getKey("own", PASSWORD.toCharArray()).getEncoded()));
        return new TestIdentity(keystore, certificate, key);
    }

    /** As a server's. */
    public TlsConfig.Identity asFiles() {
        return new TlsConfig.Identity(
                Optional.of(certificate), Optional.of(key), Optional.empty(), Optional.empty());
    }

    /** Puts this one's files in the place of another's. */
    public void replace(TestIdentity other) throws IOException {
        Files.writeString(other.certificate, Files.readString(certificate));
        Files.writeString(other.key, Files.readString(key));
    }

    /** For a client that believes these servers, and shows this certificate if it has one. */
    public static SSLContext client(Optional<TestIdentity> own, TestIdentity... servers)
            throws Exception {
        KeyStore believed = KeyStore.getInstance("PKCS12");
        believed.load(null, null);
        for (TestIdentity server : servers) {
            believed.setCertificateEntry(
                    "server" + believed.size(), load(server.keystore).getCertificate("own"));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own.isPresent() ? load(own.get().keystore) : null, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
    }
}
