package io.faradaybridge.broker;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** True if no external broker is configured. A blank URL, which an empty environment variable gives, counts as none. */
public class NoBrokerUrl implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !StringUtils.hasText(context.getEnvironment().getProperty("bridge.broker.url"));
    }

    /** True if an external broker is configured. */
    public static final class Given implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new NoBrokerUrl().matches(context, metadata);
        }
    }
}
