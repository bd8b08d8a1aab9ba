package dev.nightjar.server.cli;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.tls.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;

/** A running server asked over its own port, as a client would. */
final class SelfRequest {

    private SelfRequest() {}

    /**
     * Sends a sample request to each model and returns the last answer's body.
     *
     * @throws IllegalStateException if an answer is not 200
     */
    static String answer(NightjarServer server) {
        String answer = "";
        for (TextModel model : server.models()) {
            SampleRequest sample = SampleRequest.of(model);
            String body = sample.body(SampleRequest.Answer.WHOLE);
            answer = send(server, sample.path(), body);
        }
        for (EncoderModel encoder : server.encoders()) {
            EncoderSample sample = EncoderSample.of(encoder);
            answer = send(server, sample.path(), sample.body());
        }
        for (RowModel rows : server.rowModels()) {
            RowSample sample = RowSample.of(rows);
            answer = send(server, sample.path(), sample.body());
        }
        return answer;
    }

    /** The path is one of a URL already. */
    private static String send(NightjarServer server, String path, String body) {
        try {
            URL url = URI.create(server.url()).resolve(path).toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            if (connection instanceof HttpsURLConnection encrypted) {
                believe(encrypted, server.tls().orElseThrow());
            }
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            server.selfToken()
                    .ifPresent(
                            token ->
                                    connection.setRequestProperty(
                                            "Authorization", "Bearer " + token));
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException(
                        "the server answered itself with status " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the server could not be reached by itself", failed);
        }
    }

    /** The certificate may be made out to any name: it is the server's own, which is enough. */
    private static void believe(HttpsURLConnection connection, ServerTls tls) {
        connection.setSSLSocketFactory(tls.ownClient().getSocketFactory());
        connection.setHostnameVerifier((name, session) -> true);
    }
}
