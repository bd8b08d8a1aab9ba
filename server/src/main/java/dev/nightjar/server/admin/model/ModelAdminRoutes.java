package dev.nightjar.server.admin.model;

import dev.nightjar.engine.lifecycle.ModelManager.Pinning;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.server.admin.model.ModelActions.Rest;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.Channel;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.Versions;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.fleet.ModelPlaces;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lists models, adds and removes them, loads and unloads them, points channels to versions. */
public final class ModelAdminRoutes {

    private static final String MODELS = "/admin/models";
    private static final String MODEL = MODELS + "/{+id}";
    private static final int MANY = 1_000_000_000;
    private static final int MAX_WAIT = 3600;

    private static final Field<Integer> WAIT =
            Field.of(
                    "wait",
                    FieldSchema.integer(0, MAX_WAIT),
                    "Seconds to wait for requests that run; they go on afterwards. Default 30.",
                    field -> seconds(field.string()));
    private static final Field<String> END =
            Field.word(
                    "end",
                    List.of("true", "false"),
                    "Whether requests that run for longer than that are ended.");
    private static final List<Field<Integer>> CHANNELS =
            Stream.of(Channel.values())
                    .map(
                            channel ->
                                    Field.integer(
                                            channel.suffix(),
                                            1,
                                            MANY,
                                            "The version that ID-%s means."
                                                    .formatted(channel.suffix())))
                    .toList();
    private static final BodySpec CHANNELS_BODY = BodySpec.of(List.copyOf(CHANNELS));

    private final ModelCatalog catalog;
    private final ModelPlaces places;
    private final ModelActions actions;
    private final ModelJson json;

    /** Of these models; others are found in these places. */
    public ModelAdminRoutes(ModelCatalog catalog, ModelPlaces places) {
        this.catalog = catalog;
        this.places = places;
        this.actions = new ModelActions(catalog);
        this.json = new ModelJson(catalog);
    }

    /** The routes. Those of a model take any id, so they come behind others below that path. */
    public List<Route> all() {
        return Stream.concat(collection().stream(), ofOne().stream())
                .map(route -> route.openTo(Access.ADMIN).withoutModels())
                .toList();
    }

    private List<Route> collection() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                MODELS,
                                "Lists the models, their versions and the memory they share.",
                                (request, response) -> send(response, json.list()))
                        .withAnswer(ModelJson.LIST),
                Route.post(
                                Dialect.NIGHTJAR,
                                MODELS,
                                "Adds a model, or a version of one.",
                                NewModel.BODY,
                                this::add)
                        .withAnswer(ModelJson.ONE)
                        .withExample(
                                "add-model",
                                "{\"id\":\"my-model\",\"hub\":\"owner/name:Q4_K_M\"}"));
    }

    private List<Route> ofOne() {
        return List.of(
                action("load", "Loads a model and waits for it.", actions::load),
                action(
                        "reload",
                        "Loads a model anew; its requests go on meanwhile.",
                        actions::reload),
                action("pin", "Keeps a model in memory.", id -> actions.pin(id, Pinning.PINNED)),
                action("unpin", "Lets a model leave again.", id -> actions.pin(id, Pinning.FREE)),
                without(
                                Method.POST,
                                MODEL + "/unload",
                                "Takes a model out of service; no request is ended by it.",
                                this::unload)
                        .withQuery(WAIT, END)
                        .withAnswer(ModelJson.ONE),
                with(
                                MODEL + "/channels",
                                "Points channels of a model to versions.",
                                CHANNELS_BODY,
                                this::pointChannels)
                        .withAnswer(ModelJson.ONE)
                        .withExample("set-channels", "{\"stable\":2}"),
                Route.get(Dialect.NIGHTJAR, MODEL, "Describes a model.", this::show)
                        .withAnswer(ModelJson.ONE),
                without(Method.DELETE, MODEL, "Unloads a model and forgets it.", this::remove));
    }

    private Route action(String verb, String summary, Action action) {
        return without(
                        Method.POST,
                        MODEL + "/" + verb,
                        summary,
                        (request, response) ->
                                sendChanged(response, json.one(action.on(id(request)))))
                .withAnswer(ModelJson.ONE);
    }

    /** Does something with the model of an id. */
    private interface Action {
        CatalogEntry on(String id);
    }

    private static Route without(Method method, String path, String summary, Handler handler) {
        return new Route(
                method,
                path,
                Dialect.NIGHTJAR,
                summary,
                Route.State.SERVED,
                Optional.empty(),
                Dialect.NIGHTJAR.errors(),
                handler);
    }

    private static Route with(String path, String summary, BodySpec body, Handler handler) {
        return new Route(
                Method.PUT,
                path,
                Dialect.NIGHTJAR,
                summary,
                Route.State.SERVED,
                Optional.of(body),
                Dialect.NIGHTJAR.errors(),
                handler);
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    private static void sendChanged(ServerResponse response, byte[] body) {
        ConfigRoute.tellItEnds(response);
        send(response, body);
    }

    private static void send(ServerResponse response, byte[] body) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(body);
    }

    private void show(ServerRequest request, ServerResponse response) {
        send(response, json.one(catalog.named(id(request)).entry()));
    }

    /** Members of a query are texts. */
    private static int seconds(String text) {
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MAX_WAIT) {
            return Integer.parseInt(text);
        }
        throw ApiError.invalidRequest(
                        "wait must be a number of seconds from 0 to %d, found '%s'"
                                .formatted(MAX_WAIT, text))
                .withParam("wait")
                .asException();
    }

    private void unload(ServerRequest request, ServerResponse response) {
        RequestObject query = RequestQuery.read(request);
        Duration wait = Duration.ofSeconds(query.get(WAIT).orElse(30));
        Rest rest = query.get(END).filter("true"::equals).isPresent() ? Rest.ENDS : Rest.GOES_ON;
        try {
            sendChanged(response, json.one(actions.unload(id(request), wait, rest)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ApiError.serverError(503, "the server is stopping")
                    .withCode("shutting_down")
                    .asException();
        }
    }

    private void remove(ServerRequest request, ServerResponse response) {
        String id = id(request);
        actions.remove(id);
        sendChanged(
                response,
                JsonText.of(
                        out -> {
                            out.writeStartObject();
                            out.writeStringField("id", id);
                            out.writeBooleanField("deleted", true);
                            out.writeEndObject();
                        }));
    }

    private void pointChannels(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(CHANNELS_BODY);
        Map<Channel, Integer> channels = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            body.get(CHANNELS.get(channel.ordinal()))
                    .ifPresent(number -> channels.put(channel, number));
        }
        String name = catalog.named(id(request)).entry().name();
        refusing(() -> catalog.pointChannels(name, channels), "channels");
        sendChanged(response, json.one(catalog.named(name).entry()));
    }

    private void add(ServerRequest request, ServerResponse response) {
        NewModel asked = NewModel.read(RequestBody.read(request), places);
        refusing(() -> actions.manager().add(asked.spec()), "id");
        try {
            if (asked.spec().loading() == Loading.EAGER) {
                actions.load(asked);
            }
            refusing(() -> enter(asked), "id");
        } catch (RuntimeException failed) {
            actions.forget(asked.spec().name());
            throw failed;
        }
        sendChanged(response, json.one(catalog.named(asked.id()).entry()));
    }

    private void enter(NewModel asked) {
        String name = asked.spec().name();
        if (asked.version().isPresent() && catalog.find(asked.id()).isPresent()) {
            catalog.addVersion(asked.id(), asked.version().getAsInt(), name);
            return;
        }
        KnownModel known = KnownModel.of(actions.manager().status(name).orElseThrow());
        CatalogEntry own = CatalogEntry.of(known);
        Versions versions =
                asked.version().isPresent()
                        ? Versions.numbered(
                                new TreeMap<>(Map.of(asked.version().getAsInt(), name)), Map.of())
                        : Versions.single(name);
        catalog.add(
                CatalogEntry.of(
                                asked.id(),
                                asked.task().orElse(own.task()),
                                versions,
                                own.description(),
                                own.capabilities())
                        .withLimits(asked.maxInput(), asked.maxOutput()));
    }

    private static void refusing(Runnable change, String param) {
        try {
            change.run();
        } catch (IllegalArgumentException refused) {
            throw conflict(refused.getMessage(), param);
        }
    }

    private static ApiException conflict(String message, String param) {
        return ApiError.refusal(409, message)
                .withParam(param)
                .withCode("model_conflict")
                .asException();
    }
}
