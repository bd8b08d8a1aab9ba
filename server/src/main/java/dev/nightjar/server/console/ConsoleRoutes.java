package dev.nightjar.server.console;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;

/**
 * Serves the console's files. They are open to anybody, as a browser asks for them before anybody
 * can sign in, and tell nothing about the server; whatever they then ask for is guarded.
 *
 * <p>All addresses in them are relative, so a reverse proxy may put the server below any prefix.
 */
public final class ConsoleRoutes {

    private static final String BASE = "/console";
    private static final String START = "index.html";

    /**
     * Everything comes from this server, scripts stand in files of their own, and no text can be
     * made into markup. No other page may frame this one.
     */
    private static final String POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self'",
                    "connect-src 'self'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    /** Kept by browsers, but asked about each time: an upgrade never mixes old files with new. */
    private static final Map<String, String> HEADERS =
            Map.of(
                    "Cache-Control", "no-cache",
                    "Content-Security-Policy", POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private final ConsoleConfig config;
    private final ConsoleFiles files = new ConsoleFiles();

    /** Serves the console where the configuration wants it. */
    public ConsoleRoutes(ConsoleConfig config) {
        this.config = config;
    }

    /** The routes; none where it is switched off. */
    public List<Route> all() {
        if (!config.isEnabled()) {
            return List.of();
        }
        return List.of(
                page(BASE, "Leads to /console/.", this::lead),
                page(
                        BASE + "/",
                        "The web console.",
                        (request, response) -> send(START, request, response)),
                page(BASE + "/{+file}", "A file of the web console.", this::file));
    }

    private static Route page(String path, String summary, Handler handler) {
        return Route.get(Dialect.NIGHTJAR, path, summary, handler)
                .withAnswer(AnswerSpec.text(ConsoleFile.HTML))
                .openTo(Access.PUBLIC)
                .withoutModels();
    }

    /** Relative addresses need the slash; a relative one is right below a proxy's prefix, too. */
    private void lead(ServerRequest request, ServerResponse response) {
        HEADERS.forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.status(Status.TEMPORARY_REDIRECT_307);
        response.header(HeaderNames.LOCATION, "console/");
        response.send();
    }

    private void file(ServerRequest request, ServerResponse response) {
        send(request.path().path().substring(BASE.length() + 1), request, response);
    }

    private void send(String name, ServerRequest request, ServerResponse response) {
        ConsoleFile file =
                files.named(name).orElseThrow(() -> unknown(request.path().path()).asException());
        HEADERS.forEach((header, value) -> response.header(HeaderNames.create(header), value));
        response.header(HeaderNames.ETAG, file.tag());
        HeaderName condition = HeaderNames.IF_NONE_MATCH;
        if (request.headers().first(condition).filter(t -> t.contains(file.tag())).isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, file.mediaType());
        response.send(file.bytes());
    }

    private static ApiError unknown(String path) {
        return ApiError.refusal(404, "the console has no file " + path).withCode("unknown_route");
    }
}
