package io.faradaybridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.jspecify.annotations.Nullable;

/** What stands in the attributes of a step, as text that Camel reads only when it makes the step or runs it. */
final class StepText {

    private StepText() {}

    /** A text that has to name something that is there. */
    record Value(String text, String problem, String remedy, Predicate<CamelContext> right) {

        boolean isWrong(CamelContext camel) {
            return !text.contains("{{") && !right.test(camel);
        }
    }

    /** The endpoints that a step names by an expression, where that is a constant. */
    static List<String> endpoints(ProcessorDefinition<?> step) {
        boolean several = step instanceof RecipientListDefinition || step instanceof RoutingSlipDefinition;
        if ((several || step instanceof EnrichDefinition || step instanceof PollEnrichDefinition)
                && step instanceof ExpressionNode node
                && node.getExpressionType() instanceof ConstantExpression constant) {
            String uris = constant.getExpression();
            return several ? Stream.of(uris.split(",")).map(String::strip).toList() : List.of(uris);
        }
        return List.of();
    }

    /** Texts in the language simple. */
    static List<String> simple(ProcessorDefinition<?> step) {
        @Nullable String text = null;
        if (step instanceof LogDefinition log && log.getLogLanguage() == null) {
            text = log.getMessage();
        } else if (step instanceof ThrowExceptionDefinition exception) {
            text = exception.getMessage();
        } else if (step instanceof BeanDefinition bean) {
            text = bean.getMethod();
        }
        return text != null && text.contains("${") ? List.of(text) : List.of();
    }

    static List<Value> values(ProcessorDefinition<?> step) {
        List<Value> values = new ArrayList<>();
        if (step instanceof OnExceptionDefinition policy) {
            policy.getExceptions().forEach(name -> values.add(type(name)));
        } else if (step instanceof CatchDefinition caught) {
            caught.getExceptions().forEach(name -> values.add(type(name)));
        } else if (step instanceof ThrowExceptionDefinition thrown && thrown.getExceptionType() != null) {
            values.add(type(thrown.getExceptionType()));
        } else if (step instanceof LogDefinition log && log.getLoggingLevel() != null) {
            values.add(new Value(
                    log.getLoggingLevel(),
                    "there is no level '" + log.getLoggingLevel() + "'",
                    "Use one of " + List.of(LoggingLevel.values()),
                    camel -> Stream.of(LoggingLevel.values()).anyMatch(level -> level.name()
                            .equals(log.getLoggingLevel().toUpperCase(Locale.ROOT)))));
        }
        String strategy = Objects.requireNonNullElse(strategy(step), "");
        if (strategy.matches("#?[\\w-]+")) {
            String name = strategy.replace("#", "");
            values.add(new Value(
                    name,
                    "there is no bean '" + name + "'",
                    "routes/README.md names the beans",
                    camel -> camel.getRegistry().lookupByName(name) != null));
        }
        return values;
    }

    private static @Nullable String strategy(ProcessorDefinition<?> step) {
        if (step instanceof SplitDefinition split) {
            return split.getAggregationStrategy();
        }
        if (step instanceof MulticastDefinition multicast) {
            return multicast.getAggregationStrategy();
        }
        if (step instanceof RecipientListDefinition<?> list) {
            return list.getAggregationStrategy();
        }
        return step instanceof AggregationStrategyAwareDefinition<?> one ? one.getAggregationStrategyRef() : null;
    }

    private static Value type(String name) {
        return new Value(
                name,
                "there is no class '" + name + "'",
                "Correct it; a class is named with its package, such as java.lang.IllegalStateException",
                camel -> camel.getClassResolver().resolveClass(name) != null);
    }
}
