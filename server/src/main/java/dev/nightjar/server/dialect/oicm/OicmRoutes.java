package dev.nightjar.server.dialect.oicm;

import dev.nightjar.server.answer.AnswerLimits;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.cache.ResponseCache;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.AnswerSchemas;
import dev.nightjar.server.dialect.openai.ModelsJson;
import dev.nightjar.server.dialect.openai.chat.ApplyTemplateRoute;
import dev.nightjar.server.dialect.openai.chat.ChatCall;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.NotBuilt;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway's routes. The document writes each of them with and without {@code /v1}, so both are
 * there; and it calls the base itself an endpoint, so a conversation can be posted to it.
 */
public final class OicmRoutes {

    /** What no route of a later dialect may take. */
    public static final String BELOW = "/models/{+id}/proxy/{+rest}";

    private static final String BASE = "/models/{+id}/proxy";
    private static final List<String> BASES = List.of(BASE, BASE + "/v1");

    /** The document's time limit, where neither the request nor the operator has another. */
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static final Surface SURFACE =
            new Surface(
                    Dialect.OICM,
                    BASE,
                    ModelPolicy.STRICT,
                    SamplingDefaults.GATEWAY,
                    Set.of(Liberty.MODEL_OPTIONAL, Liberty.INPUTS, Liberty.GENERATION_NAMES));

    private static final String CHAT_EXAMPLE =
            "{\"inputs\":\"What is Deep Learning?\",\"max_new_tokens\":100}";
    private static final String TEMPLATE_EXAMPLE =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";

    private final OicmModels models;
    private final ChatCall chat;
    private final OicmEncoders encoders;
    private final ApplyTemplateRoute template;

    /** Serves these models. */
    public OicmRoutes(ModelCatalog models, AnswerLimits limits, ResponseCache cache) {
        this.models = new OicmModels(models);
        Answers answers = new Answers(limits(limits), cache);
        this.chat = new ChatCall(SURFACE, answers);
        this.encoders = new OicmEncoders(this.models, answers);
        this.template = new ApplyTemplateRoute(SURFACE, models);
    }

    /** The limits here. */
    static AnswerLimits limits(AnswerLimits ofServer) {
        return ofServer.orTimeout(TIMEOUT);
    }

    /** The routes. */
    public List<Route> all() {
        List<Route> all = new ArrayList<>();
        for (String base : BASES) {
            all.add(
                    Route.get(Dialect.OICM, base, "Lists what is below this path.", this::index)
                            .withAnswer(OicmIndex.ANSWER));
            all.add(
                    Route.post(
                                    Dialect.OICM,
                                    base,
                                    "Answers a conversation, as chat/completions does.",
                                    chat.body(),
                                    this::chatAtBase)
                            .withAnswer(AnswerSchemas.CHAT)
                            .withExample("oicm-base-chat" + suffix(base), CHAT_EXAMPLE));
            below(suffix(base)).stream().map(route -> route.below(base)).forEach(all::add);
        }
        return all;
    }

    /** The document's calls have {@code /v1}, so those without it have the longer names. */
    private static String suffix(String base) {
        return base.endsWith("/v1") ? "" : "-without-v1";
    }

    /**
     * Relative to a base.
     *
     * @param suffix of the names of its calls
     */
    private List<Route> below(String suffix) {
        Stream<Route> served =
                Stream.of(
                        Route.post(
                                        Dialect.OICM,
                                        "/chat/completions",
                                        "Answers a conversation.",
                                        chat.body(),
                                        this::chat)
                                .withAnswer(AnswerSchemas.CHAT)
                                .withExample("oicm-chat" + suffix, CHAT_EXAMPLE),
                        Route.get(
                                        Dialect.OICM,
                                        "/models",
                                        "Lists the model, as OpenAI's API does.",
                                        this::list)
                                .withAnswer(AnswerSchemas.MODELS),
                        Route.post(
                                        Dialect.OICM,
                                        "/apply-template",
                                        "Shows the prompt that a conversation becomes.",
                                        template.body(),
                                        this::applyTemplate)
                                .withAnswer(AnswerSchemas.PROMPT)
                                .withExample("oicm-apply-template" + suffix, TEMPLATE_EXAMPLE));
        return Stream.of(
                        served,
                        encoders.all(suffix).stream(),
                        Stream.of(OicmTask.values()).map(this::notBuilt))
                .flatMap(routes -> routes)
                .toList();
    }

    private Route notBuilt(OicmTask task) {
        Handler handler =
                (request, response) -> {
                    models.shown(request, response);
                    throw NotBuilt.task(task.title());
                };
        return route(task.method(), "/" + task.path(), "For " + task.title() + ".", handler);
    }

    private static Route route(Method method, String path, String summary, Handler handler) {
        return new Route(
                method,
                path,
                Dialect.OICM,
                summary,
                Route.State.NOT_BUILT,
                Optional.empty(),
                Dialect.OICM.errors(),
                handler);
    }

    private void index(ServerRequest request, ServerResponse response) {
        ServedModel model = models.shown(request, response);
        send(response, OicmIndex.of(model, request.path().path(), below("")));
    }

    private void list(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.list(List.of(models.shown(request, response))));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        ServedModel model = models.of(request, response);
        answer(request, response, model, RequestBody.read(request));
    }

    private void chatAtBase(ServerRequest request, ServerResponse response) {
        ServedModel model = models.of(request, response);
        RequestObject body = RequestBody.read(request);
        if (body.field("messages").isEmpty() && body.field("inputs").isEmpty()) {
            String paths =
                    below("").stream()
                            .map(Route::path)
                            .distinct()
                            .map(path -> path.substring(1))
                            .collect(Collectors.joining(", "));
            throw ApiError.invalidRequest(
                            "a body posted here must have messages or inputs; other calls have"
                                    + " paths of their own below this one: "
                                    + paths)
                    .withCode("unknown_task")
                    .asException();
        }
        answer(request, response, model, body);
    }

    private void answer(
            ServerRequest request, ServerResponse response, ServedModel model, RequestObject body) {
        models.check(body, model);
        chat.answer(request, response, body, model);
    }

    private void applyTemplate(ServerRequest request, ServerResponse response) {
        ServedModel model = models.of(request, response);
        RequestObject body = RequestBody.read(request);
        models.check(body, model);
        template.answer(response, body, model);
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }
}
