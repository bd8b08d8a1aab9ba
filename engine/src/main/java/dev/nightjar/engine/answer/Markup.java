package dev.nightjar.engine.answer;

import java.util.List;

/**
 * What an answer is searched for.
 *
 * @param calls how calls are found
 * @param silent markers that mean nothing
 */
record Markup(CallSyntax calls, List<String> silent) {}
