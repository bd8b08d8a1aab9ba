package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.hub.HubSettings;
import dev.nightjar.server.outbound.Outbound;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where models come from. A token is taken from the environment only, as flags can be seen. */
public final class HubFlags {

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "The hub; default: NIGHTJAR_HUB_ENDPOINT, HF_ENDPOINT or"
                            + " https://huggingface.co.")
    private URI endpoint;

    /** All of it, with what the environment says. */
    public HubSettings settings(Outbound outbound) {
        HubSettings settings = HubSettings.of(System.getenv());
        if (endpoint != null) {
            settings = settings.withEndpoint(endpoint);
        }
        return outbound == Outbound.OFFLINE
                ? settings.withAccess(HubSettings.Access.OFFLINE)
                : settings;
    }
}
