package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.admin.AccessRoutes;
import dev.nightjar.server.admin.model.AliasRoutes;
import dev.nightjar.server.admin.model.ConfigRoute;
import dev.nightjar.server.admin.model.DevicesRoute;
import dev.nightjar.server.admin.model.ModelAdminRoutes;
import dev.nightjar.server.admin.model.PeerRoutes;
import dev.nightjar.server.answer.AnswerLimits;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.console.ConsoleRoutes;
import dev.nightjar.server.describe.DescribeRoutes;
import dev.nightjar.server.dialect.bluefly.BlueflyRoutes;
import dev.nightjar.server.dialect.cohere.CohereRoutes;
import dev.nightjar.server.dialect.flywheel.FlywheelRoutes;
import dev.nightjar.server.dialect.oicm.OicmRoutes;
import dev.nightjar.server.dialect.oip.OpenInferenceRoutes;
import dev.nightjar.server.dialect.openai.OpenAiRoutes;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.dialect.tokens.TokenRoutes;
import dev.nightjar.server.fleet.ModelPlaces;
import dev.nightjar.server.observe.Observations;
import dev.nightjar.server.observe.ObserveRoutes;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.RouteTable;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything this server answers. */
final class Routes {

    private Routes() {}

    /** The routes of a server. Those that take any model id come behind all others. */
    static RouteTable of(
            ModelCatalog models,
            ServerOptions options,
            Observations observations,
            AccessRoutes access,
            Gateway gateway,
            Supplier<Optional<Engine>> engine) {
        AnswerLimits limits =
                new AnswerLimits(
                        options.pingInterval(), options.requestTimeout(), options.maxTimeout());
        Answers answers = new Answers(limits, gateway.cache());
        Surface root = Surface.ROOT.withSystemPrompt(options.systemPrompt());
        RouteTable routes = new RouteTable();
        DescribeRoutes describe = new DescribeRoutes(routes::all, models, Version.current());
        return routes.addAll(new ObserveRoutes(observations, models, options.systemPrompt()).all())
                .addAll(gateway.routes())
                .add(describe.document())
                .addAll(new ConsoleRoutes(options.console()).all())
                .addAll(access.all())
                .add(new DevicesRoute(engine).route())
                .add(new ConfigRoute(models).route())
                .addAll(new AliasRoutes(models).all())
                .addAll(new PeerRoutes(models).all())
                .addAll(
                        new ModelAdminRoutes(
                                        models, new ModelPlaces(options.fleet().modelFolders()))
                                .all())
                .addAll(new TokenRoutes(Surface.OPENAI, models).all())
                .addAll(new TokenRoutes(root, models).all())
                .add(describe.snippet(Dialect.BLUEFLY, "/api/v1", "generate"))
                .addAll(new BlueflyRoutes(models, answers).all())
                .addAll(new FlywheelRoutes(models, answers).all())
                .addAll(new OicmRoutes(models, limits, gateway.cache()).all())
                .addEnd(OicmRoutes.BELOW)
                .add(describe.snippet(Dialect.OICM, "", "oicm-chat"))
                .addAll(new OpenInferenceRoutes(models, answers).all())
                .addAll(new CohereRoutes(models, answers).all())
                .addAll(new OpenAiRoutes(Surface.OPENAI, models, answers).all())
                .addAll(new OpenAiRoutes(root, models, answers).all());
    }
}
