package dev.nightjar.server.dialect.oicm;

import io.helidon.http.Method;

/** The document's tasks that nothing here runs yet. */
enum OicmTask {
    TRANSCRIPT(Method.POST, "transcript", "speech recognition"),
    SPEECH(Method.POST, "generate-speech", "speech synthesis"),
    SPEECH_SCHEMA(Method.GET, "generate-speech/schema", "speech synthesis"),
    IMAGE(Method.POST, "generate-image", "image generation"),
    TRANSLATE(Method.POST, "translate", "translation");

    private final Method method;
    private final String path;
    private final String title;

    OicmTask(Method method, String path, String title) {
        this.method = method;
        this.path = path;
        this.title = title;
    }

    Method method() {
        return method;
    }

    /** Below the base. */
    String path() {
        return path;
    }

    /** For people. */
    String title() {
        return title;
    }
}
