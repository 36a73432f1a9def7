package io.faradaybridge.broker;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** No broker outside is configured; a blank URL, as an empty environment variable gives, counts as none. */
class NoBrokerUrl implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !StringUtils.hasText(context.getEnvironment().getProperty("bridge.broker.url"));
    }

    /** The opposite. */
    static final class Given implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new NoBrokerUrl().matches(context, metadata);
        }
    }
}
