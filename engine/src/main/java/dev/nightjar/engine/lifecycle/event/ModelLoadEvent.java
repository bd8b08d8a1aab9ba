package dev.nightjar.engine.lifecycle.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A load of a model in a flight recording, from the moment its turn came; what waits for other
 * loads is no part of it. For one thread.
 */
@Name("dev.nightjar.ModelLoad")
@Label("Model Load")
@Category({"Nightjar", "Engine"})
@Description("A model was loaded, or could not be")
@StackTrace(false)
public final class ModelLoadEvent extends Event {

    @Label("Model")
    private final String model;

    @Label("Memory")
    @Description("Of weights, KV pool and workspace, as planned; 0 if it could not be loaded")
    @DataAmount
    private long bytes;

    @Label("Device")
    @Description("Empty if it could not be loaded")
    private String device = "";

    @Label("Outcome")
    @Description("loaded, or the kind of the failure; its message may name files and stays out")
    private String outcome = "";

    private ModelLoadEvent(String model) {
        this.model = model;
    }

    /** Begins now. */
    public static ModelLoadEvent begin(String model) {
        ModelLoadEvent event = new ModelLoadEvent(model);
        event.begin();
        return event;
    }

    /** The model is in memory. */
    public void loaded(long memoryBytes, String onDevice) {
        bytes = memoryBytes;
        device = onDevice;
        outcome = "loaded";
        commit();
    }

    /** The model could not be loaded. */
    public void failed(Throwable cause) {
        outcome = cause.getClass().getSimpleName();
        commit();
    }
}
