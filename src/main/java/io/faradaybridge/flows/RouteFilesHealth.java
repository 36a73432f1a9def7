package io.faradaybridge.flows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Which files run in place of shipped ones or beside them. It is always up: the bridge runs with them. */
@Component("routeFilesInUse")
class RouteFilesHealth implements HealthIndicator {

    private final ReplacedFiles files;

    RouteFilesHealth(ReplacedFiles files) {
        this.files = files;
    }

    @Override
    public Health health() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (ReplacedFiles.State file : files.states()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("source", file.source().label());
            if (file.leftBehind() != null) {
                one.put("left_behind", file.leftBehind());
            }
            all.put(file.name(), one);
        }
        return Health.up().withDetails(all).build();
    }
}
