package dev.nightjar.server.admin;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.auth.AuditNote;
import dev.nightjar.server.auth.IssuedToken;
import dev.nightjar.server.auth.NewToken;
import dev.nightjar.server.auth.Tokens;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.StoredToken;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;

/** Makes, lists and revokes access tokens. */
public final class TokenAdminRoutes {

    private static final String ALL = "/admin/tokens";
    private static final String OF_MODEL = "/admin/models/{+id}/tokens";
    private static final String EXAMPLE = "{\"name\":\"my-notebook\",\"expires_in\":86400}";

    private static final Field<String> MODEL =
            Field.string("model", "Only tokens that name this model.");

    private final Tokens tokens;
    private final ModelCatalog models;

    /** Of these tokens, for these models. */
    public TokenAdminRoutes(Tokens tokens, ModelCatalog models) {
        this.tokens = tokens;
        this.models = models;
    }

    /** The routes. They come before those that describe a model of any id. */
    public List<Route> all() {
        return List.of(
                admin(
                                Route.get(
                                        Dialect.NIGHTJAR,
                                        ALL,
                                        "Lists the access tokens.",
                                        over(this::list)))
                        .withQuery(MODEL)
                        .withAnswer(AnswerSpec.json(TokenJson.LIST)),
                admin(post(ALL, "Makes an access token.", TokenFields.BODY, this::issue))
                        .withExample("create-token", EXAMPLE)
                        .withAnswer(AnswerSpec.created(TokenJson.ISSUED)),
                admin(delete(ALL + "/{+id}", "Revokes an access token, at once.", this::revoke))
                        .withAnswer(AnswerSpec.json(TokenJson.ONE)),
                admin(
                                Route.get(
                                        Dialect.NIGHTJAR,
                                        OF_MODEL,
                                        "Lists the access tokens that name a model.",
                                        over(this::listOfModel)))
                        .withAnswer(AnswerSpec.json(TokenJson.LIST)),
                admin(
                                post(
                                        OF_MODEL,
                                        "Makes an access token for a model.",
                                        TokenFields.OF_MODEL,
                                        this::issueOfModel))
                        .withExample("create-model-token", EXAMPLE)
                        .withAnswer(AnswerSpec.created(TokenJson.ISSUED)));
    }

    private static Handler over(Handler handler) {
        return AdminAnswer.overStore(handler);
    }

    private static Route admin(Route route) {
        return route.openTo(Access.ADMIN).withoutModels();
    }

    private static Route post(String path, String summary, BodySpec body, Handler handler) {
        return Route.post(Dialect.NIGHTJAR, path, summary, body, over(handler));
    }

    private static Route delete(String path, String summary, Handler handler) {
        return Route.of(Method.DELETE, Dialect.NIGHTJAR, path, summary, over(handler));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Instant now = Instant.now();
        List<StoredToken> all =
                RequestQuery.read(request).get(MODEL).map(this::naming).orElseGet(tokens::all);
        AdminAnswer.send(response, TokenJson.list(all, now));
    }

    private void listOfModel(ServerRequest request, ServerResponse response) {
        List<StoredToken> all = naming(model(request));
        AdminAnswer.send(response, TokenJson.list(all, Instant.now()));
    }

    private List<StoredToken> naming(String model) {
        return tokens.all().stream()
                .filter(token -> token.models().filter(ids -> ids.contains(model)).isPresent())
                .toList();
    }

    private void issue(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(TokenFields.BODY);
        issue(TokenFields.read(body, Instant.now()), request, response);
    }

    private void issueOfModel(ServerRequest request, ServerResponse response) {
        String model = model(request);
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(TokenFields.OF_MODEL);
        issue(TokenFields.readOfModel(body, model, Instant.now()), request, response);
    }

    private void issue(NewToken asked, ServerRequest request, ServerResponse response) {
        AuditNote.put(request, "token.create", "'%s'".formatted(asked.name()));
        if (RequestScope.of(request).caller().equals(Caller.ANYBODY) && !asked.isAdmin()) {
            throw adminFirst();
        }
        IssuedToken token = tokens.issue(asked);
        AuditNote.put(
                request,
                "token.create",
                "%s '%s'".formatted(token.stored().id(), token.stored().name()));
        response.status(Status.CREATED_201);
        AdminAnswer.send(response, TokenJson.issued(token));
    }

    /** With the first token the server begins to ask; then somebody must be able to make more. */
    private static ApiException adminFirst() {
        return ApiError.refusal(
                        409,
                        "the first token must be an administrator's (\"admin\": true), as from then"
                                + " on nothing is answered without a token; make that one, and the"
                                + " others with it")
                .withParam("admin")
                .withCode("admin_token_first")
                .asException();
    }

    private void revoke(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        if (!Tokens.isId(id)) {
            throw unknown(id);
        }
        AuditNote.put(request, "token.revoke", id);
        tokens.revoke(id);
        StoredToken token = tokens.withId(id).orElseThrow(() -> unknown(id));
        AuditNote.put(request, "token.revoke", "%s '%s'".formatted(id, token.name()));
        AdminAnswer.send(response, TokenJson.one(token, Instant.now()));
    }

    private String model(ServerRequest request) {
        return models.named(request.path().pathParameters().get("id")).id();
    }

    private static ApiException unknown(String id) {
        return ApiError.refusal(404, "there is no token '%s'; GET %s lists them".formatted(id, ALL))
                .withCode("token_not_found")
                .asException();
    }
}
