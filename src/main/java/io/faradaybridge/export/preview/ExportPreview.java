package io.faradaybridge.export.preview;

import io.faradaybridge.configuration.OnExport;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.export.ExportChunk;
import io.faradaybridge.export.ExportFlow;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.export.ExportReservation.Refusal;
import io.faradaybridge.export.ExportScreens;
import io.faradaybridge.export.IssueDraft;
import io.faradaybridge.export.IssueScreen;
import io.faradaybridge.export.preview.Preview.NextTransition;
import io.faradaybridge.export.preview.Preview.Problem;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.jira.client.TransitionPlan;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.workflow.WorkflowSteps;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/** Drafts issues with the flow that exports them, and sends nothing. */
@Component
class ExportPreview {

    private static final String STATEMENT = "export-vulnerability.sql";

    private final ExportReservation reservation;
    private final ExportScreens screens;
    private final Vulnerabilities vulnerabilities;
    private final FaradayUsers users;
    private final IssueLinks links;
    private final JiraClient jira;
    private final JiraRequests requests;
    private final WorkflowSteps steps;
    private final ProducerTemplate camel;

    ExportPreview(
            ExportReservation reservation,
            ExportScreens screens,
            Vulnerabilities vulnerabilities,
            FaradayUsers users,
            IssueLinks links,
            JiraClient jira,
            JiraRequests requests,
            WorkflowSteps steps,
            ProducerTemplate camel) {
        this.reservation = reservation;
        this.screens = screens;
        this.vulnerabilities = vulnerabilities;
        this.users = users;
        this.links = links;
        this.jira = jira.interactive();
        this.requests = requests;
        this.steps = steps;
        this.camel = camel;
    }

    /** @throws JiraFailure where Jira cannot say what an issue of that type takes */
    Preview of(List<Integer> ids, TicketConfig config, ProjectSettings project, FaradayUser user) {
        Map<Integer, VulnerabilityState> seen = visible(ids, user);
        List<VulnerabilityState> asked =
                ids.stream().filter(seen::containsKey).map(seen::get).toList();
        Map<Integer, IssueDraft> drafts = asked.isEmpty() ? Map.of() : drafts(config, project, asked);
        Map<Integer, Refusal> refusals = reservation.refusals(asked);
        List<Preview.Draft> shown = new ArrayList<>();
        for (int id : ids) {
            VulnerabilityState vulnerability = seen.get(id);
            IssueDraft draft = drafts.get(id);
            if (vulnerability == null || draft == null) {
                shown.add(new Preview.Draft(
                        id,
                        null,
                        List.of(),
                        List.of(new Problem(
                                "vulnerability_ids",
                                "the vulnerability does not exist, or it is in a workspace that"
                                        + " you may not enter")),
                        null));
                continue;
            }
            List<Problem> problems = new ArrayList<>();
            if (refusals.containsKey(id)) {
                problems.add(new Problem("vulnerability", refusals.get(id).reason()));
            }
            draft.problems().forEach((field, message) -> problems.add(new Problem(field, message)));
            shown.add(new Preview.Draft(
                    id,
                    draft.problems().isEmpty() ? ExportFlow.issue(draft) : null,
                    draft.used(),
                    problems,
                    next(vulnerability, project)));
        }
        return new Preview(project.key(), config.issueType(), shown);
    }

    private Map<Integer, VulnerabilityState> visible(List<Integer> ids, FaradayUser user) {
        List<VulnerabilityState> found = vulnerabilities.findAll(ids);
        Set<Integer> workspaces = users.enterable(
                user.id(), found.stream().map(VulnerabilityState::workspaceId).collect(Collectors.toSet()));
        return found.stream()
                .filter(vulnerability -> workspaces.contains(vulnerability.workspaceId()))
                .collect(Collectors.toMap(VulnerabilityState::id, Function.identity()));
    }

    private Map<Integer, IssueDraft> drafts(
            TicketConfig config, ProjectSettings project, List<VulnerabilityState> asked) {
        ExportChunk chunk = ExportChunk.previewed(asked, project.key(), config.issueType());
        IssueScreen screen = screens.tried(project.key(), config);
        try {
            return IssueDraft.byFlow(camel, chunk, screen);
        } catch (RuntimeException failed) {
            SQLException unread = ObjectHelper.getException(SQLException.class, failed);
            throw unread == null ? failed : unread(unread);
        }
    }

    /** The statement is a file that an operator may change, so the database's complaint is for the user too. */
    private static RuntimeException unread(SQLException failure) {
        DataAccessException translated =
                new SQLStateSQLExceptionTranslator().translate("Reading vulnerabilities", null, failure);
        return translated instanceof DataAccessResourceFailureException
                ? translated
                : ErrorAnswers.conflict("the vulnerabilities cannot be read, since " + STATEMENT
                        + " in the folder of the routes fails: " + failure.getMessage()
                        + "; correct it, or remove it to use the shipped one");
    }

    private NextTransition next(VulnerabilityState vulnerability, ProjectSettings project) {
        String status = vulnerability.status().stored();
        Optional<IssueLink> link = links.ofVulnerability(vulnerability.id());
        Optional<JiraStatus> target = project.mapping().out(vulnerability.status());
        String issue = link.map(IssueLink::issueKey).orElse(null);
        if (target.isEmpty()) {
            return new NextTransition(
                    status, issue, null, null, "'" + status + "' has no outgoing mapping in project " + project.key());
        }
        String to = target.get().name();
        if (link.isEmpty()) {
            return new NextTransition(
                    status,
                    null,
                    to,
                    null,
                    "a new issue starts in its workflow's first status; "
                            + (project.onExport() == OnExport.FOLLOW
                                    ? "'" + status + "' moves it to '" + to + "' at once"
                                    : "'" + status + "' moves it to '" + to
                                            + "' when the vulnerability comes back to it"));
        }
        return linked(vulnerability.status(), link.get(), target.get(), project.key());
    }

    private NextTransition linked(FaradayStatus outcome, IssueLink link, JiraStatus target, String projectKey) {
        String status = outcome.stored();
        String key = link.issueKey();
        try {
            IssueSnapshot now = jira.issue(link.issueId(), false);
            if (now.status().sameAs(target)) {
                return new NextTransition(
                        status, key, target.name(), null, key + " is in '" + target.name() + "' already");
            }
            TransitionPlan plan = steps.next(
                    projectKey,
                    link.issueType(),
                    now.status(),
                    target,
                    outcome,
                    JiraReader.transitions(
                            jira.send(requests.transitions(link.issueId())).body()),
                    List.of());
            return plan instanceof TransitionPlan.Make make
                    ? new NextTransition(
                            status,
                            key,
                            target.name(),
                            make.transition().name(),
                            "'"
                                    + make.transition().name() + "' moves " + key + " from '"
                                    + now.status().name() + "' to '"
                                    + make.transition().to().name() + "'"
                                    + TransitionPlan.onward(make.then()))
                    : new NextTransition(status, key, target.name(), null, ((TransitionPlan.Impossible) plan).reason());
        } catch (JiraFailure failure) {
            return new NextTransition(status, key, target.name(), null, String.valueOf(failure.getMessage()));
        }
    }
}
