package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.call.CallSyntax;
import java.util.List;

/**
 * What an answer is searched for.
 *
 * @param calls how calls are found
 * @param silent markers that mean nothing
 */
record Markup(CallSyntax calls, List<String> silent) {}
