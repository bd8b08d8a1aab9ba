package dev.nightjar.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.nightjar.engine.Engine;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One engine with the demo model for all tests of this module. */
final class DemoEngine implements BeforeAllCallback {

    static final ToolSpecification WEATHER =
            ToolSpecification.builder()
                    .name("get_weather")
                    .description("Get the current weather in a city.")
                    .parameters(
                            JsonObjectSchema.builder()
                                    .addStringProperty("city", "The name of the city.")
                                    .required("city")
                                    .build())
                    .build();

    private static final ExtensionContext.Namespace PLACE =
            ExtensionContext.Namespace.create(DemoEngine.class);

    private Engine engine;

    /** Open as long as the tests run; the store closes it. */
    Engine engine() {
        return engine;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        engine =
                context.getRoot()
                        .getStore(PLACE)
                        .computeIfAbsent("engine", name -> Engine.openDemo(), Engine.class);
    }
}
