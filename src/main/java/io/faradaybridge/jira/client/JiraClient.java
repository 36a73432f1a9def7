package io.faradaybridge.jira.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.answers.JiraProject;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.Myself;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Calls of Jira for code outside the flows, over {@code direct:jira-send}; each waits for the answer. Facts that hardly
 * change are cached for some minutes, for one site and one account at a time. All methods throw {@link JiraFailure}.
 */
@Component
public class JiraClient {

    private static final List<String> STATUS_AND_PLACE = List.of("status", "project", "issuetype");

    private final ProducerTemplate template;
    private final JiraRequests requests;
    private final JiraAccount account;
    private final ClientMemory memory;
    private final ClientMemory interactiveMemory;
    private final boolean attended;
    private final IssueSearch search = new IssueSearch(this);
    private final CreateMetadata metadata;
    /** By {@link System#nanoTime}; null if each call has only its own deadline. */
    private final @Nullable Long deadline;

    @Autowired
    JiraClient(ProducerTemplate template, JiraRequests requests, JiraAccount account) {
        this(template, requests, account, ClientMemory.empty(), ClientMemory.empty(), false, null);
    }

    private JiraClient(
            ProducerTemplate template,
            JiraRequests requests,
            JiraAccount account,
            ClientMemory memory,
            ClientMemory interactiveMemory,
            boolean attended,
            @Nullable Long deadline) {
        this.template = template;
        this.requests = requests;
        this.account = account;
        this.memory = memory;
        this.interactiveMemory = interactiveMemory;
        this.attended = attended;
        this.deadline = deadline;
        this.metadata = new CreateMetadata(this, requests);
    }

    /** The client for a request of the API that a user waits for: each call ends within {@code attended-timeout}. */
    public JiraClient interactive() {
        return new JiraClient(template, requests, account, interactiveMemory, interactiveMemory, true, null);
    }

    /** The client for one request of the API: all its calls together end within this time from now. */
    public JiraClient interactive(Duration inAll) {
        return new JiraClient(
                template,
                requests,
                account,
                interactiveMemory,
                interactiveMemory,
                true,
                System.nanoTime() + inAll.toNanos());
    }

    public JiraAnswer send(JiraRequest request) {
        return deadline == null
                ? outcome(request, template.request(JiraRoutes.SEND, carrying(request)))
                        .orThrow()
                : askAll(List.of(request)).get(0).orThrow();
    }

    /**
     * Makes several calls at the same time, as far as the connections allow; the results are in the order of the
     * requests.
     */
    public List<CallResult> askAll(List<JiraRequest> questions) {
        List<CompletableFuture<Exchange>> sent = questions.stream()
                .map(question -> template.asyncSend(JiraRoutes.SEND, carrying(question)))
                .toList();
        List<CallResult> asked = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            asked.add(await(questions.get(i), sent.get(i)));
        }
        return asked;
    }

    /** Also when another thread makes it, the call has the correlation id of what this thread is at. */
    private Processor carrying(JiraRequest request) {
        String correlation = MDC.get(UnitOfWork.MDC_BREADCRUMB_ID);
        return call -> {
            call.getMessage().setBody(attended ? request.interactive() : request);
            call.getMessage().setHeader(Exchange.BREADCRUMB_ID, correlation);
        };
    }

    private CallResult await(JiraRequest request, CompletableFuture<Exchange> sent) {
        try {
            return outcome(
                    request,
                    deadline == null ? sent.get() : sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new CallResult(request, null, tooSlow(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallResult(request, null, tooSlow(request));
        } catch (ExecutionException e) {
            throw unasked(request, e.getCause());
        }
    }

    private static CallResult outcome(JiraRequest request, Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure instanceof JiraFailure known) {
            return new CallResult(request, null, known);
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (failure != null) {
            throw unasked(request, failure);
        }
        return new CallResult(request, exchange.getMessage().getBody(JiraAnswer.class), null);
    }

    private static JiraFailure tooSlow(JiraRequest request) {
        return JiraFailure.unanswered(
                JiraFailure.Kind.TRANSIENT,
                "Jira did not answer in time about " + request.subject()
                        + "; try again, or ask Jira's administrator why it is slow");
    }

    private static IllegalStateException unasked(JiraRequest request, @Nullable Throwable cause) {
        return new IllegalStateException("Jira could not be asked about " + request.subject(), cause);
    }

    /** Asks Jira for the bridge's account now, to test the connection and the credentials. */
    public Myself askMyself() {
        return JiraReader.myself(send(requests.myself()).body());
    }

    public Myself myself() {
        return memory.selves().get(account.site(), this::askMyself);
    }

    public JiraKind kind() {
        return memory.kinds()
                .get(
                        account.site(),
                        () -> JiraKind.of(send(requests.serverInfo()).body()));
    }

    /** The kind of Jira if it was asked within the last hour; null if it was not, or no connection is configured. */
    public @Nullable JiraKind knownKind() {
        try {
            JiraSite site = account.site();
            return memory.kinds()
                    .peek(site)
                    .or(() -> interactiveMemory.kinds().peek(site))
                    .orElse(null);
        } catch (JiraFailure notConnected) {
            return null;
        }
    }

    /** All projects that the bridge's account sees, at most a minute old; Data Center returns them without pages. */
    public List<JiraProject> projects() {
        return memory.projects()
                .get(
                        account.site(),
                        () -> JiraReader.projects(send(requests.projects()).body()));
    }

    /**
     * Reads a search to its end, page by page.
     *
     * @param reader gets each page
     * @throws JiraFailure if Jira's pages do not end; the pages that were read are then incomplete
     */
    public void search(String jql, List<String> fields, PageReader reader) {
        search.eachPage(page -> requests.searchUpdated(jql, fields, page, kind() == JiraKind.CLOUD), reader);
    }

    /** All issues of a search with few results. */
    public List<IssueSnapshot> searchAll(String jql) {
        List<IssueSnapshot> found = new ArrayList<>();
        search(jql, STATUS_AND_PLACE, (issues, at) -> found.addAll(issues));
        return found;
    }

    /** All issues of a search that may name unknown issues; Jira is asked to ignore them, if it can. */
    List<IssueSnapshot> searchLeniently(String jql, boolean withChangelog) {
        List<IssueSnapshot> found = new ArrayList<>();
        search.eachPage(
                page -> requests.searchLeniently(jql, withChangelog, page, kind() == JiraKind.CLOUD),
                (issues, at) -> found.addAll(issues));
        return found;
    }

    /** @throws JiraFailure of kind GONE if the issue has no such property */
    public JsonNode issueProperty(String issueId, String key) {
        return send(requests.issueProperty(issueId, key)).body();
    }

    /** The issue as it is now, by id or key, with its status history if requested. */
    public IssueSnapshot issue(String issueIdOrKey, boolean withChangelog) {
        return JiraReader.issue(
                send(requests.issue(issueIdOrKey, withChangelog)).body());
    }

    public CreateMeta createMeta(String projectKey, String issueTypeName) {
        return memory.metas()
                .get(
                        new ClientMemory.ProjectType(account.site(), projectKey, issueTypeName),
                        () -> metadata.createMeta(projectKey, issueTypeName));
    }

    /**
     * Reads a screen again, because the cached one may be old.
     *
     * @return whether the screen has changed
     */
    public boolean renewCreateMeta(String projectKey, String issueTypeName) {
        return memory.metas()
                .renew(
                        new ClientMemory.ProjectType(account.site(), projectKey, issueTypeName),
                        () -> metadata.createMeta(projectKey, issueTypeName));
    }

    /**
     * Stores what Jira reported about a hidden screen when it refused an issue.
     *
     * @param fieldIds fields that are not on the screen
     * @return whether this is new
     */
    public boolean learnNotOnScreen(String projectKey, String issueTypeName, Set<String> fieldIds) {
        ClientMemory.ProjectType type = new ClientMemory.ProjectType(account.site(), projectKey, issueTypeName);
        Optional<CreateMeta> before = memory.metas().peek(type);
        Optional<CreateMeta> now = before.map(meta -> meta.without(fieldIds));
        now.ifPresent(meta -> memory.metas().put(type, meta));
        return !now.equals(before);
    }

    /** The issue types that the bridge's account may create in the project, read now. */
    public List<IssueType> issueTypes(String projectKey) {
        return metadata.issueTypes(projectKey);
    }

    /** The create screens of these types, read now. */
    public List<CreateMeta> createMetas(String projectKey, List<IssueType> types) {
        return metadata.createMetas(projectKey, types);
    }

    /** Called when Jira refused a field or a user configured one, because the screen may have changed. */
    public void forgetCreateMeta(String projectKey, String issueTypeName) {
        memory.metas().forget(new ClientMemory.ProjectType(account.site(), projectKey, issueTypeName));
    }

    /**
     * The status in which issues of a type are created, read from the history of one of them.
     *
     * @param issueId a created issue; it may have been moved since
     */
    public JiraStatus initialStatus(String projectKey, String issueType, String issueId) {
        return memory.initials()
                .get(new ClientMemory.ProjectType(account.site(), projectKey, issueType), () -> issue(issueId, true)
                        .initialStatus());
    }
}
