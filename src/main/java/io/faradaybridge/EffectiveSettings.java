package io.faradaybridge;

import io.faradaybridge.secrets.SecretNames;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** Logs in one line what each {@code bridge.*} setting is that differs from its default, secrets as {@code ***}. */
@Component
class EffectiveSettings {

    private static final Logger log = LoggerFactory.getLogger(EffectiveSettings.class);
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)(password=|://[^/@]*:(?=[^/]*@))[^&@]*");

    private static final String SHIPPED = "class path resource [application.yaml]";

    private final ConfigurableEnvironment environment;

    EffectiveSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        TreeSet<String> keys = new TreeSet<>();
        environment.getPropertySources().forEach(source -> {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    if (name.startsWith("bridge.")) {
                        keys.add(name);
                    }
                }
            }
        });
        log.info(
                "Settings: {}",
                keys.stream()
                        .filter(key -> !environment.getProperty(key, "").equals(preset(key)))
                        .map(key -> key + " = " + shown(key))
                        .collect(Collectors.joining("; ")));
    }

    /** What the shipped file says; null where it says nothing. */
    private @Nullable String preset(String key) {
        return environment.getPropertySources().stream()
                .filter(source -> source.getName().contains(SHIPPED))
                .map(source -> source.getProperty(key))
                .filter(Objects::nonNull)
                .map(value -> environment.resolvePlaceholders(String.valueOf(value)))
                .findFirst()
                .orElse(null);
    }

    private String shown(String key) {
        String value = environment.getProperty(key, "");
        if (SecretNames.isSetting(key)) {
            return value.isEmpty() ? "" : "***";
        }
        return PASSWORD_IN_URL.matcher(value).replaceAll("$1***");
    }
}
