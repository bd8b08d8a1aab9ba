/**
 * Loads and unloads of models in flight recordings.
 *
 * <p>Imports nothing of this project.
 */
package dev.nightjar.engine.lifecycle.event;
