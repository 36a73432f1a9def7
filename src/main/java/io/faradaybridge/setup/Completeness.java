package io.faradaybridge.setup;

import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out what is still missing before the bridge can work: from Faraday's row, or also from Jira. */
@Component
class Completeness {

    /** Empty if OAuth was not used, for example if the operator has set credentials. */
    private static final List<String> AUTHORISED = List.of("", "authorized");

    private final JiraAccount account;
    private final JiraCatalogue catalogue;
    private final TemplateCheck templates;

    Completeness(JiraAccount account, JiraCatalogue catalogue, TemplateCheck templates) {
        this.account = account;
        this.catalogue = catalogue;
        this.templates = templates;
    }

    /**
     * Whether a part of the set-up is ready.
     *
     * @param missing what is missing, with what to do; empty if it is ready
     */
    record Readiness(boolean ready, List<String> missing) {

        static Readiness of(List<String> missing) {
            return new Readiness(missing.isEmpty(), List.copyOf(missing));
        }
    }

    /** The readiness by the row and the stored credentials; Jira is not asked. */
    Readiness connection(IntegrationSettings settings) {
        List<String> missing = new ArrayList<>();
        if (settings.url().isEmpty()) {
            missing.add("Jira's address is not set; set it in the connection settings");
        } else {
            try {
                account.site();
            } catch (JiraFailure unconnected) {
                missing.add(String.valueOf(unconnected.getMessage()));
            }
        }
        if (!AUTHORISED.contains(settings.authorizationState())) {
            missing.add("the connection is not authorised (its state is '" + settings.authorizationState()
                    + "'); authorise it in the connection settings");
        }
        return Readiness.of(missing);
    }

    /** The readiness by the row; only {@link #missing} checks whether Jira would accept the fields. */
    Readiness project(ProjectSettings project) {
        List<String> missing = new ArrayList<>();
        if (project.issueTypes().isEmpty()) {
            missing.add(noIssueType(project));
        }
        project.issueTypes().values().forEach(type -> templateProblems(type, missing));
        return Readiness.of(missing);
    }

    private void templateProblems(TicketConfig type, List<String> missing) {
        type.fields().forEach((name, setting) -> {
            String system = name.strip().toLowerCase(Locale.ROOT);
            List<String> sources = new ArrayList<>(List.of(setting.template()));
            if ((system.equals("summary") || system.equals("description")) && setting.holdsJinja()) {
                sources.add(setting.value().asText());
            }
            sources.stream()
                    .flatMap(source -> templates.problem(system, source).stream())
                    .forEach(problem -> missing.add(type.issueType() + ": " + name + " " + problem));
        });
    }

    /** What is missing in the connection, by the row and by a call of Jira. */
    List<String> missingInConnection(IntegrationSettings settings, JiraClient jira) {
        Readiness connection = connection(settings);
        if (!connection.ready()) {
            return connection.missing();
        }
        try {
            jira.askMyself();
            return List.of();
        } catch (JiraFailure failure) {
            if (failure.kind() != JiraFailure.Kind.UNAUTHORISED) {
                throw failure;
            }
            return List.of(String.valueOf(failure.getMessage()));
        }
    }

    /** What the project's issue types lack for Jira's create screens; empty if issues can be created. */
    List<String> missing(ProjectSettings project, JiraClient jira) {
        if (project.issueTypes().isEmpty()) {
            return List.of(noIssueType(project));
        }
        List<String> missing = new ArrayList<>();
        List<IssueType> offered = catalogue.issueTypes(jira, project.key());
        List<TicketConfig> configs = new ArrayList<>();
        List<IssueType> types = new ArrayList<>();
        project.issueTypes().values().forEach(config -> {
            Optional<IssueType> type = JiraCatalogue.find(offered, config.issueType());
            if (type.isPresent()) {
                configs.add(config);
                types.add(type.get());
            } else {
                missing.add("Jira offers no issue type '" + config.issueType() + "' in " + project.key()
                        + "; it offers " + JiraCatalogue.names(offered));
            }
        });
        List<CreateMeta> screens = jira.createMetas(project.key(), types);
        boolean cloud = jira.kind() == JiraKind.CLOUD;
        for (int i = 0; i < types.size(); i++) {
            IssueFields.of(
                            project.key(),
                            types.get(i).id(),
                            configs.get(i),
                            screens.get(i).fields(),
                            cloud,
                            templates)
                    .refusal()
                    .ifPresent(missing::add);
        }
        return missing;
    }

    private static String noIssueType(ProjectSettings project) {
        return "project " + project.key() + " has no issue type configured; configure one with PUT projects/"
                + project.key() + "/ticket-config";
    }
}
