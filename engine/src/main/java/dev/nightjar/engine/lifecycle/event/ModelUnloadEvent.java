package dev.nightjar.engine.lifecycle.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The release of a model in a flight recording, from the moment nobody held it. For one thread. */
@Name("dev.nightjar.ModelUnload")
@Label("Model Unload")
@Category({"Nightjar", "Engine"})
@Description("The memory of a model was released, or could not be")
@StackTrace(false)
public final class ModelUnloadEvent extends Event {

    @Label("Model")
    private final String model;

    @Label("Memory")
    @Description("Of weights, KV pool and workspace, as planned")
    @DataAmount
    private final long bytes;

    @Label("Device")
    private final String device;

    @Label("Outcome")
    @Description("released, or the kind of the failure")
    private String outcome = "";

    private ModelUnloadEvent(String model, long bytes, String device) {
        this.model = model;
        this.bytes = bytes;
        this.device = device;
    }

    /** Begins now. */
    public static ModelUnloadEvent begin(String model, long memoryBytes, String device) {
        ModelUnloadEvent event = new ModelUnloadEvent(model, memoryBytes, device);
        event.begin();
        return event;
    }

    /** The memory is free. */
    public void released() {
        outcome = "released";
        commit();
    }

    /** Something could not be released. */
    public void failed(Throwable cause) {
        outcome = cause.getClass().getSimpleName();
        commit();
    }
}
