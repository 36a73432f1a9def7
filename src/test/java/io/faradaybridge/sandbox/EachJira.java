package io.faradaybridge.sandbox;

import io.faradaybridge.sandbox.jira.Edition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;

/**
 * A story at Data Center 10 and Cloud, whose answers differ, or at those that it names; with the tests that take minutes at
 * all, also at Data Center 11, whose answers are those of 10. Its parameter is an {@link Edition}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("rounds")
@ParameterizedTest
@ArgumentsSource(EachJira.Editions.class)
public @interface EachJira {

    /** Where every check tells it: fewer where another Jira only repeats what other stories show of it. */
    Edition[] daily() default {Edition.DATA_CENTER_10, Edition.CLOUD};

    class Editions implements ArgumentsProvider, AnnotationConsumer<EachJira> {

        private List<Edition> daily = List.of();

        @Override
        public void accept(EachJira story) {
            daily = List.of(story.daily());
        }

        @Override
        public Stream<Arguments> provideArguments(ExtensionContext context) {
            return Arrays.stream(Edition.values())
                    .filter(edition -> daily.contains(edition) || Boolean.getBoolean("sandbox.every-jira"))
                    .map(Arguments::of);
        }
    }
}
