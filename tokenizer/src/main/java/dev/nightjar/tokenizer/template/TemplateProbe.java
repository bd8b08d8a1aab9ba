package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.jinja.JinjaTemplate;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a template understands by rendering a small conversation: some templates refuse
 * system messages, some drop them in silence, some print content in parts only.
 */
final class TemplateProbe {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final String SYSTEM = "probe-of-system-text";
    private static final String USER = "probe-of-user-text";

    private final JinjaTemplate jinja;

    private TemplateProbe(JinjaTemplate jinja) {
        this.jinja = jinja;
    }

    /** The template with what was found out. A template that fails in any case is left alone. */
    static CompiledTemplate examine(JinjaTemplate jinja) {
        TemplateProbe probe = new TemplateProbe(jinja);
        boolean wantsParts =
                !probe.prints(USER, List.of(message("user", USER)))
                        && probe.prints(USER, List.of(message("user", parts(USER))));
        Map<String, Object> user = message("user", wantsParts ? parts(USER) : USER);
        Map<String, Object> system = message("system", wantsParts ? parts(SYSTEM) : SYSTEM);
        boolean knowsSystem =
                !probe.prints(USER, List.of(user)) || probe.prints(SYSTEM, List.of(system, user));
        return new CompiledTemplate(jinja, knowsSystem, wantsParts);
    }

    private static Map<String, Object> message(String role, Object content) {
        return Map.of("role", role, "content", content);
    }

    private static Object parts(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }

    private boolean prints(String text, List<Map<String, Object>> messages) {
        return render(messages).filter(prompt -> prompt.contains(text)).isPresent();
    }

    private Optional<String> render(List<Map<String, Object>> messages) {
        try {
            return Optional.of(
                    jinja.render(
                            Map.of(
                                    "messages",
                                    messages,
                                    "add_generation_prompt",
                                    true,
                                    "bos_token",
                                    "",
                                    "eos_token",
                                    ""),
                            CLOCK));
        } catch (JinjaException refused) {
            return Optional.empty();
        }
    }
}
