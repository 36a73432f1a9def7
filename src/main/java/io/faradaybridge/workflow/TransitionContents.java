package io.faradaybridge.workflow;

import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.fields.ScreenFields;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.template.JinjaTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes what is sent with a transition: fields and comment by the status that the vulnerability has. Only what the
 * transition's screen shows is sent. A hop that is not the last (L14) gets no comment, and of the fields only required ones.
 */
@Component
public class TransitionContents {

    private static final Logger log = LoggerFactory.getLogger(TransitionContents.class);

    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JinjaTexts texts;
    private final VulnerabilityModel vulnerabilities;

    TransitionContents(
            IntegrationConfigurationSource configuration,
            JiraClient jira,
            JinjaTexts texts,
            VulnerabilityModel vulnerabilities) {
        this.configuration = configuration;
        this.jira = jira;
        this.texts = texts;
        this.vulnerabilities = vulnerabilities;
    }

    /** @param reason a sentence: why it cannot be made, and what to do */
    public record Made(TransitionContent content, @Nullable String reason) {}

    /** @param last whether the transition leads to the target */
    public Made of(String projectKey, int vulnerabilityId, FaradayStatus status, Transition transition, boolean last) {
        WorkflowSettings settings = settings(projectKey);
        Map<String, FieldSetting> configured = new LinkedHashMap<>(settings.fieldsOf(status));
        boolean commented = last && !settings.comment().isBlank() && showsComment(transition);
        if (transition.screen().isEmpty() || (configured.isEmpty() && !commented)) {
            return new Made(TransitionContent.NOTHING, null);
        }
        List<CreateMetaField> screen = last
                ? transition.screen()
                : transition.screen().stream()
                        .filter(CreateMetaField::mandatory)
                        .toList();
        ScreenFields fields =
                configured.isEmpty() ? null : ScreenFields.of(configured, screen, jira.kind() == JiraKind.CLOUD);
        if (fields != null && !fields.problems().isEmpty()) {
            return new Made(
                    TransitionContent.NOTHING,
                    "the values for the transition '" + transition.name() + "' cannot be sent: "
                            + fields.problems().entrySet().stream()
                                    .map(problem -> problem.getKey() + ": " + problem.getValue())
                                    .collect(Collectors.joining("; "))
                            + "; correct \"transition_fields\" of '" + status + "' in the status mapping");
        }
        return new Made(
                new TransitionContent(
                        fields == null || fields.fields().isEmpty() ? null : fields.fields(),
                        commented ? comment(settings.comment(), vulnerabilityId) : null),
                null);
    }

    /**
     * What a screen requires and is not configured, with the cure, for a transition that Jira has refused; empty if
     * nothing is missing.
     */
    public Optional<String> missing(String projectKey, FaradayStatus status, Transition transition) {
        List<String> missing =
                ScreenFields.missing(settings(projectKey).fieldsOf(status).keySet(), transition.screen());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the screen of the transition '" + transition.name() + "' asks for "
                        + String.join(", ", missing) + ": give the values in the status mapping as"
                        + " \"transition_fields\": {\"" + status.stored()
                        + "\": {...}}, or take the fields off the screen");
    }

    /** Whether a vulnerability of this status gets a new issue if the workflow does not lead back from its issue's status. */
    public boolean givesNewIssue(String projectKey, FaradayStatus now, JiraStatus jira) {
        boolean open = now == FaradayStatus.OPEN || now == FaradayStatus.RE_OPENED;
        return open
                && settings(projectKey).newIssue()
                && configuration
                        .current()
                        .project(projectKey)
                        .map(ProjectSettings::mapping)
                        .filter(mapping -> mapping.agree(FaradayStatus.CLOSED, jira)
                                || mapping.agree(FaradayStatus.RISK_ACCEPTED, jira))
                        .isPresent();
    }

    private static boolean showsComment(Transition transition) {
        return transition.screen().stream().anyMatch(field -> field.fieldId().equals("comment"));
    }

    /** A comment that cannot be rendered does not keep the issue from moving. */
    private @Nullable String comment(String template, int vulnerabilityId) {
        try {
            return vulnerabilities
                    .of(vulnerabilityId)
                    .map(model -> ScreenFields.comment(texts.render(template, model, false)))
                    .filter(text -> !text.isBlank())
                    .orElse(null);
        } catch (TemplateException wrong) {
            log.warn(
                    "The issue of vulnerability {} is moved without its comment, since \"transition_comment\" cannot be"
                            + " rendered: {}",
                    vulnerabilityId,
                    wrong.getMessage());
            return null;
        }
    }

    private WorkflowSettings settings(String projectKey) {
        return configuration.current().workflow(projectKey);
    }
}
