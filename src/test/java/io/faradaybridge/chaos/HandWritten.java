package io.faradaybridge.chaos;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.ProjectWebhooks;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the webhook of the bridge is measured against: the plainest controller that makes the same two statements, without
 * limits, deadlines, routes and metrics.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
@Import({HandWritten.Webhooks.class, Hints.class, ProjectWebhooks.class})
final class HandWritten {

    private static final String ONLY_HERE = "hand-written";

    private HandWritten() {}

    public static void main(String[] args) throws ClassNotFoundException {
        SpringApplication plain = new SpringApplication(
                HandWritten.class,
                Class.forName("io.faradaybridge.faraday.ChangeRights"),
                Class.forName("io.faradaybridge.faraday.FaradaySchema"));
        plain.setAdditionalProfiles(ONLY_HERE);
        plain.run(args);
    }

    @RestController
    @Profile(ONLY_HERE) // the bridge of a test finds it too
    static class Webhooks {

        private final Hints hints;
        private final ProjectWebhooks projects;

        Webhooks(Hints hints, ProjectWebhooks projects) {
            this.hints = hints;
            this.projects = projects;
        }

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Body(String title, String status) {}

        @PostMapping("/_api/v3/integrations/jira/update-issues")
        ResponseEntity<Map<String, String>> accept(
                @RequestHeader("X-Jira-Token") String token, @RequestBody Body body) {
            String event = UUID.randomUUID().toString();
            if (hints.fromWebhook(
                            WebhookCaller.ofToken(token), "", body.title(), new JiraStatus("", body.status()), event)
                    .isEmpty()) {
                return ResponseEntity.status(401).build();
            }
            projects.accepted(body.title().substring(0, body.title().lastIndexOf('-')));
            return ResponseEntity.accepted().body(Map.of("event", event));
        }
    }
}
