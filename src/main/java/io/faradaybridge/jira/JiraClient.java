package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Jira for code that is not a flow: calls over {@code direct:jira-send} that wait for the answer. What hardly changes is remembered
 * for some minutes, for one site and one account at a time. Everything here throws {@link JiraFailure}.
 */
@Component
public class JiraClient {

    private record ProjectType(JiraSite site, String projectKey, String issueType) {}

    private final ProducerTemplate template;
    private final JiraRequests requests;
    private final JiraAccount account;
    private final boolean attended;

    private final Remembered<JiraSite, Myself> selves;
    private final Remembered<JiraSite, JiraKind> kinds;
    private final Remembered<ProjectType, CreateMeta> metas;
    private final Remembered<ProjectType, JiraStatus> initials;

    /** The same, sharing what is remembered. */
    private JiraClient(JiraClient unattended) {
        this.template = unattended.template;
        this.requests = unattended.requests;
        this.account = unattended.account;
        this.attended = true;
        this.selves = unattended.selves;
        this.kinds = unattended.kinds;
        this.metas = unattended.metas;
        this.initials = unattended.initials;
    }

    @Autowired
    JiraClient(ProducerTemplate template, JiraRequests requests, JiraAccount account) {
        this.template = template;
        this.requests = requests;
        this.account = account;
        this.attended = false;
        Clock clock = Clock.systemUTC();
        this.selves = new Remembered<>(Duration.ofMinutes(5), clock);
        this.kinds = new Remembered<>(Duration.ofHours(1), clock);
        this.metas = new Remembered<>(Duration.ofMinutes(10), clock);
        this.initials = new Remembered<>(Duration.ofHours(1), clock);
    }

    /** The same for a request of the API that a person waits for: each call ends within {@code attended-timeout}. */
    public JiraClient whileAPersonWaits() {
        return new JiraClient(this);
    }

    public JiraAnswer send(JiraRequest request) {
        Exchange exchange = template.request(
                JiraRoutes.SEND, call -> call.getMessage().setBody(attended ? request.whileAPersonWaits() : request));
        Exception failure = exchange.getException();
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        if (failure != null) {
            throw new IllegalStateException("Jira could not be asked about " + request.subject(), failure);
        }
        return exchange.getMessage().getBody(JiraAnswer.class);
    }

    /** Asks Jira now: the test of a connection, and of whether Jira as a whole lets us in. */
    public Myself askMyself() {
        return JiraReader.myself(send(requests.myself()).body());
    }

    public Myself myself() {
        return selves.get(account.site(), this::askMyself);
    }

    public JiraKind kind() {
        return kinds.get(account.site(), () -> {
            String deployment =
                    send(requests.serverInfo()).body().path("deploymentType").asText();
            return deployment.equalsIgnoreCase("Cloud") ? JiraKind.CLOUD : JiraKind.DATA_CENTER;
        });
    }

    /** @param page {@link SearchPage#next} of the page before, or null for the first */
    public SearchPage search(String jql, List<String> fields, @Nullable String page) {
        return JiraReader.search(send(requests.searchUpdated(jql, fields, page, kind() == JiraKind.CLOUD))
                .body());
    }

    /** All pages of a search for what can only be few issues. */
    public List<IssueSnapshot> searchAll(String jql) {
        List<IssueSnapshot> found = new ArrayList<>();
        String next = null;
        do {
            SearchPage page = search(jql, List.of("status", "project", "issuetype"), next);
            found.addAll(page.issues());
            next = page.next();
        } while (next != null);
        return found;
    }

    /** All issues of a search that Jira is to answer even if it names some that are not there, where this Jira can be told so. */
    List<IssueSnapshot> searchLeniently(String jql) {
        List<IssueSnapshot> found = new ArrayList<>();
        String next = null;
        do {
            SearchPage page = JiraReader.search(send(requests.searchLeniently(jql, next, kind() == JiraKind.CLOUD))
                    .body());
            found.addAll(page.issues());
            next = page.next();
        } while (next != null);
        return found;
    }

    /** @throws JiraFailure GONE where the issue has no such property */
    public JsonNode issueProperty(String issueId, String key) {
        return send(requests.issueProperty(issueId, key)).body();
    }

    /** The issue as it is now, by id or key; with its status history where asked for. */
    public IssueSnapshot issue(String issueIdOrKey, boolean withChangelog) {
        return JiraReader.issue(
                send(requests.issueStatus(issueIdOrKey, withChangelog)).body());
    }

    public CreateMeta createMeta(String projectKey, String issueTypeName) {
        return metas.get(new ProjectType(account.site(), projectKey, issueTypeName), () -> {
            try {
                IssueType type = pick(issueTypes(projectKey), issueTypeName, projectKey);
                return new CreateMeta(
                        type,
                        pages(start -> requests.createMetaFields(projectKey, type.id(), start), JiraReader::fields));
            } catch (JiraFailure failure) {
                if (failure.status() != 404) {
                    throw failure;
                }
                return createMetaBefore84(projectKey, issueTypeName);
            }
        });
    }

    public List<IssueType> issueTypes(String projectKey) {
        return pages(start -> requests.createMetaIssueTypes(projectKey, start), JiraReader::issueTypes);
    }

    private CreateMeta createMetaBefore84(String projectKey, String issueTypeName) {
        JsonNode answer = send(requests.createMetaBefore84(projectKey)).body();
        IssueType type = pick(JiraReader.issueTypes(answer), issueTypeName, projectKey);
        for (JsonNode described : answer.path("projects").path(0).path("issuetypes")) {
            if (described.path("id").asText().equals(type.id())) {
                return new CreateMeta(type, JiraReader.fields(described));
            }
        }
        return new CreateMeta(type, List.of());
    }

    /** To be called when Jira refused a field: its screen may have changed. */
    public void forgetCreateMeta(String projectKey, String issueTypeName) {
        metas.forget(new ProjectType(account.site(), projectKey, issueTypeName));
    }

    /**
     * The status in which issues of a type are created, learnt from one that was.
     *
     * @param issueId a created issue; it may have moved on already
     */
    public JiraStatus initialStatus(String projectKey, String issueType, String issueId) {
        return initials.get(new ProjectType(account.site(), projectKey, issueType), () -> issue(issueId, true)
                .initialStatus());
    }

    private <T> List<T> pages(IntFunction<JiraRequest> request, Function<JsonNode, List<T>> read) {
        List<T> all = new ArrayList<>();
        for (int start = 0; start >= 0; ) {
            JsonNode page = send(request.apply(start)).body();
            all.addAll(read.apply(page));
            start = JiraReader.nextStart(page);
        }
        return all;
    }

    /** Two types of one name happen, of which one is for sub-tasks; those cannot stand alone. */
    private static IssueType pick(List<IssueType> types, String name, String projectKey) {
        return types.stream()
                .filter(type -> type.name().equalsIgnoreCase(name.strip()) && !type.subtask())
                .findFirst()
                .or(() -> types.stream().filter(type -> type.id().equals(name)).findFirst())
                .orElseThrow(() -> new JiraFailure(
                        JiraFailure.Kind.REFUSED,
                        "Issues of type '" + name + "' cannot be created in project " + projectKey + "; Jira offers: "
                                + String.join(
                                        ", ",
                                        types.stream().map(IssueType::name).toList())
                                + (types.isEmpty() ? "nothing; may the bridge's account create issues there?" : ""),
                        400,
                        true,
                        false,
                        null,
                        Map.of()));
    }
}
