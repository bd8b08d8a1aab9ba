package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.answer.AnswerLimits;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.dialect.bluefly.BlueflyRoutes;
import dev.nightjar.server.dialect.flywheel.FlywheelRoutes;
import dev.nightjar.server.dialect.oicm.OicmRoutes;
import dev.nightjar.server.dialect.openai.OpenAiRoutes;
import dev.nightjar.server.dialect.openai.Surface;
import dev.nightjar.server.observe.HealthRoutes;
import dev.nightjar.server.observe.HttpCounters;
import dev.nightjar.server.observe.MetricsRoute;
import dev.nightjar.server.observe.Readiness;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.route.RouteTable;

/** Everything this server answers. */
final class Routes {

    private Routes() {}

    /** The routes of a server. Those that take any model id come behind all others. */
    static RouteTable of(
            Engine engine, ServerOptions options, Readiness readiness, HttpCounters counters) {
        ModelCatalog models = new ModelCatalog(options.catalog().entries(engine.models()));
        AnswerLimits limits =
                new AnswerLimits(
                        options.pingInterval(), options.requestTimeout(), options.maxTimeout());
        Answers answers = new Answers(limits);
        return new RouteTable()
                .addAll(new HealthRoutes(readiness, models, Version.current()).all())
                .add(
                        Route.get(
                                Dialect.NIGHTJAR,
                                "/metrics",
                                "Counters in Prometheus' text format.",
                                new MetricsRoute(engine::stats, counters)))
                .addAll(new BlueflyRoutes(models, answers).all())
                .addAll(new FlywheelRoutes(models, answers).all())
                .addAll(new OicmRoutes(models, limits).all())
                .addEnd(OicmRoutes.BELOW)
                .addAll(new OpenAiRoutes(Surface.OPENAI, models, answers).all())
                .addAll(new OpenAiRoutes(Surface.ROOT, models, answers).all());
    }
}
