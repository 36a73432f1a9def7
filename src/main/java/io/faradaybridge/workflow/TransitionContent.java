package io.faradaybridge.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is sent with a transition.
 *
 * @param fields null for none
 * @param comment null for none
 */
public record TransitionContent(
        @Nullable ObjectNode fields, @Nullable String comment) {

    public static final TransitionContent NOTHING = new TransitionContent(null, null);
}
