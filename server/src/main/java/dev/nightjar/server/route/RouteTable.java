package dev.nightjar.server.route;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All routes, in the order in which they are tried: more special paths come first. What the server
 * routes, describes and documents is this one list.
 */
public final class RouteTable {

    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD);

    private final List<Route> routes = new ArrayList<>();

    /** In the order in which paths are tried; without a route, nothing is there. */
    private final Map<String, List<Route>> byPath = new LinkedHashMap<>();

    /** Of routes open to anybody; null until it is asked for, when the table is whole. */
    private volatile List<PathMatcher> publicPaths;

    /** An empty table. */
    public RouteTable() {}

    /**
     * Adds a route behind the others.
     *
     * @throws IllegalArgumentException if the method has a route on this path already
     */
    public RouteTable add(Route route) {
        boolean isTaken =
                routes.stream()
                        .anyMatch(
                                other ->
                                        other.method().equals(route.method())
                                                && other.path().equals(route.path()));
        if (isTaken) {
            throw new IllegalArgumentException(
                    "two routes for %s %s".formatted(route.method(), route.path()));
        }
        routes.add(route);
        byPath.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route);
        return this;
    }

    /** Adds routes behind the others. */
    public RouteTable addAll(List<Route> more) {
        more.forEach(this::add);
        return this;
    }

    /**
     * Adds the answer that there is no route, for paths that routes behind it would take.
     *
     * @param path in the router's notation
     */
    public RouteTable addEnd(String path) {
        byPath.put(path, List.of());
        return this;
    }

    /** The routes that a condition keeps, in the same order. */
    public RouteTable only(Predicate<Route> condition) {
        RouteTable some = new RouteTable();
        byPath.forEach(
                (path, methods) -> {
                    List<Route> kept = methods.stream().filter(condition).toList();
                    if (methods.isEmpty()) {
                        some.addEnd(path);
                    }
                    kept.forEach(some::add);
                });
        return some;
    }

    /** All of them. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    /**
     * Registers all routes, an answer for other methods on their paths, and one for the rest.
     *
     * @param requireModels runs before each route that needs models, and throws if there are none
     */
    public void install(HttpRouting.Builder routing, Runnable requireModels) {
        byPath.forEach((path, methods) -> install(routing, path, methods, requireModels));
        routing.any(RouteTable::refuseUnknown);
    }

    /**
     * Whether a request is for a route that is open to anybody, so that nobody has to be asked who
     * sends it. Only the router knows which route it is: one that is not open refuses it again.
     */
    public boolean isPublic(RoutingRequest request) {
        boolean isReading = READING.contains(request.prologue().method());
        return isReading
                && publicPaths().stream()
                        .anyMatch(path -> path.match(request.prologue().uriPath()).accepted());
    }

    private List<PathMatcher> publicPaths() {
        List<PathMatcher> known = publicPaths;
        if (known == null) {
            known =
                    routes.stream()
                            .filter(route -> route.access() == Access.PUBLIC)
                            .map(route -> PathMatchers.create(route.path()))
                            .toList();
            publicPaths = known;
        }
        return known;
    }

    /** How an error on this request looks. */
    public static ErrorShape errorsOf(ServerRequest request) {
        Optional<ErrorShape> ofRoute = request.context().get(ErrorShape.class, ErrorShape.class);
        return ofRoute.orElseGet(() -> Dialect.ofPath(path(request)).errors());
    }

    private static void install(
            HttpRouting.Builder routing, String path, List<Route> routes, Runnable requireModels) {
        if (routes.isEmpty()) {
            routing.any(path, RouteTable::refuseUnknown);
            return;
        }
        for (Route route : routes) {
            Handler handler = known(route, guarded(route, requireModels));
            routing.route(route.method(), path, handler);
            if (route.method().equals(Method.GET)) {
                routing.route(Method.HEAD, path, handler);
            }
        }
        String allowed =
                routes.stream().map(r -> r.method().text()).collect(Collectors.joining(", "));
        routing.any(path, known(routes.getFirst(), (req, res) -> refuse(req, allowed)));
    }

    /** Tells what errors look like and what is counted which route this is. */
    private static Handler known(Route route, Handler handler) {
        return (request, response) -> {
            request.context().register(ErrorShape.class, route.errors());
            request.context().register(Route.class, route);
            handler.handle(request, response);
        };
    }

    private static Handler guarded(Route route, Runnable requireModels) {
        return (request, response) -> {
            requireAccess(route, request);
            if (route.needs() == Route.Needs.MODELS) {
                requireModels.run();
            }
            route.handler().handle(request, response);
        };
    }

    private static void requireAccess(Route route, ServerRequest request) {
        boolean isKnown = RequestScope.of(request).caller() != Caller.UNKNOWN;
        if (!isKnown && route.access() != Access.PUBLIC) {
            throw ApiError.of(401, "authentication_error", "this server asks who calls")
                    .withCode("authentication_required")
                    .withHeader("WWW-Authenticate", "Bearer realm=\"nightjar\"")
                    .asException();
        }
        if (!route.access().isOpenTo(RequestScope.of(request).caller().permissions())) {
            throw ApiError.of(
                            403,
                            "permission_error",
                            "%s %s is not open to this caller; it needs a token with the scope %s"
                                    .formatted(
                                            route.method().text(),
                                            path(request),
                                            route.access().name().toLowerCase(Locale.ROOT)))
                    .withCode("permission_denied")
                    .asException();
        }
    }

    private static void refuse(ServerRequest request, String allowed) {
        throw ApiError.refusal(
                        405,
                        "%s does not take %s; use %s"
                                .formatted(
                                        path(request), request.prologue().method().text(), allowed))
                .withCode("method_not_allowed")
                .withHeader("Allow", allowed)
                .asException();
    }

    private static void refuseUnknown(
            ServerRequest request, io.helidon.webserver.http.ServerResponse response) {
        throw ApiError.refusal(
                        404,
                        "no route %s %s"
                                .formatted(request.prologue().method().text(), path(request)))
                .withCode("unknown_route")
                .asException();
    }

    private static String path(ServerRequest request) {
        return request.path().absolute().path();
    }
}
