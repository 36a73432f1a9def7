package io.faradaybridge.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultOptionsTest {

    @Test
    void a_plain_start_gets_the_options_before_all_else() {
        assertThat(DefaultOptions.withDefaults(List.of("java", "-jar", "a b.jar", "", "--x=-jar"), Map.of("HOME", "/")))
                .containsExactly(
                        "java",
                        "-Xms64m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        "a b.jar",
                        "",
                        "--x=-jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java -Xmx1g -jar a.jar", "java -cp a.jar Main", "java @options -jar a.jar", "java -jar", "java"
            })
    void whoever_says_an_option_says_them_all(String command) {
        assertThat(DefaultOptions.withDefaults(List.of(command.split(" ")), Map.of()))
                .isEmpty();
    }

    @Test
    void a_user_without_a_home_gets_no_folder_where_it_starts(@TempDir Path home) {
        String temporary = System.getProperty("java.io.tmpdir");

        assertThat(DefaultOptions.temporary("?")).isEqualTo(temporary);
        assertThat(DefaultOptions.temporary("/nonexistent")).isEqualTo(temporary);
        assertThat(DefaultOptions.temporary(home.toString())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void also_by_the_environment(String variable) {
        assertThat(DefaultOptions.withDefaults(List.of("java", "-jar", "a.jar"), Map.of(variable, "-Xmx1g")))
                .isEmpty();
    }
}
