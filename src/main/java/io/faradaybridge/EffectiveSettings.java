package io.faradaybridge;

import io.faradaybridge.secrets.SecretNames;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** Logs the value of every {@code bridge.*} setting at start, secrets as {@code ***}. */
@Component
class EffectiveSettings {

    private static final Logger log = LoggerFactory.getLogger(EffectiveSettings.class);
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)(password=|://[^/@]*:(?=[^/]*@))[^&@]*");

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
                "Settings:{}",
                keys.stream().map(key -> "\n  " + key + " = " + shown(key)).collect(Collectors.joining()));
    }

    private String shown(String key) {
        String value = environment.getProperty(key, "");
        if (SecretNames.isSetting(key)) {
            return value.isEmpty() ? "" : "***";
        }
        return PASSWORD_IN_URL.matcher(value).replaceAll("$1***");
    }
}
