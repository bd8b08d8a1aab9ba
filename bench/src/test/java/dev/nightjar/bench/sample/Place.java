package dev.nightjar.bench.sample;

/**
 * The three things that a sample leaves to its reader.
 *
 * @param url where the server listens
 * @param key what it is called with
 * @param model the model's name
 */
record Place(String url, String key, String model) {}
