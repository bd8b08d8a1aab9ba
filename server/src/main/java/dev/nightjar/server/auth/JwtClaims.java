package dev.nightjar.server.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.Permissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the claims of a checked JSON web token permit: {@code nightjar_models}, {@code
 * nightjar_tasks} (a list, or words with spaces between), {@code nightjar_admin} (true) and {@code
 * nightjar_tier}; or words of {@code scope}: {@code nightjar:admin}, {@code nightjar:model:ID},
 * {@code nightjar:task:WORD}. Without any of models or tasks, all are permitted; admin never is.
 */
final class JwtClaims {

    private static final String SCOPE_ADMIN = "nightjar:admin";
    private static final String SCOPE_MODEL = "nightjar:model:";
    private static final String SCOPE_TASK = "nightjar:task:";
    private static final int MAX_NAME = 200;

    private final String tenantClaim;

    JwtClaims(String tenantClaim) {
        this.tenantClaim = tenantClaim;
    }

    /**
     * The caller.
     *
     * @throws ApiException with status 401 if a claim has a type that says nothing
     */
    Caller caller(JWTClaimsSet claims) {
        List<String> scopes = words(claims, "scope").orElse(List.of());
        Set<String> models = new LinkedHashSet<>(below(SCOPE_MODEL, scopes));
        Set<String> tasks = new LinkedHashSet<>(below(SCOPE_TASK, scopes));
        Optional<List<String>> ofModels = words(claims, "nightjar_models");
        Optional<List<String>> ofTasks = words(claims, "nightjar_tasks");
        ofModels.ifPresent(models::addAll);
        ofTasks.ifPresent(tasks::addAll);
        boolean isAdmin =
                scopes.contains(SCOPE_ADMIN)
                        || Boolean.TRUE.equals(claims.getClaim("nightjar_admin"));
        Permissions permissions =
                new Permissions(
                        isAdmin,
                        models.isEmpty() && ofModels.isEmpty()
                                ? Optional.empty()
                                : Optional.of(models),
                        tasks.isEmpty() && ofTasks.isEmpty()
                                ? Optional.empty()
                                : Optional.of(TaskWords.known(tasks)));
        String subject = shortened(claims.getSubject());
        return new Caller(
                "jwt:" + subject,
                text(claims, "name").map(JwtClaims::shortened).orElse(subject),
                text(claims, tenantClaim).orElse("jwt:" + subject),
                text(claims, "nightjar_tier").orElse(Caller.DEFAULT_TIER),
                permissions,
                Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant));
    }

    private static List<String> below(String prefix, List<String> scopes) {
        return scopes.stream()
                .filter(scope -> scope.startsWith(prefix))
                .map(scope -> scope.substring(prefix.length()))
                .toList();
    }

    /** A list of texts, or one text of words. */
    private static Optional<List<String>> words(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        return switch (value) {
            case null -> Optional.empty();
            case String text ->
                    Optional.of(
                            Arrays.stream(text.split("\\s+"))
                                    .filter(word -> !word.isEmpty())
                                    .toList());
            case Collection<?> list -> Optional.of(texts(list, name));
            default -> throw unusable(name, "a text or a list of texts");
        };
    }

    private static List<String> texts(Collection<?> list, String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw unusable(name, "a text or a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw unusable(name, "a text");
    }

    private static String shortened(String text) {
        return text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text;
    }

    private static ApiException unusable(String name, String what) {
        return AuthError.invalidToken("its claim %s must be %s".formatted(name, what))
                .asException();
    }
}
