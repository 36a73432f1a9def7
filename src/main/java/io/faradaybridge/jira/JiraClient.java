package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
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

    /** Flows and people do not share one: a person would wait for a call that may take as long as a flow's. */
    private record Memory(
            Remembered<JiraSite, Myself> selves,
            Remembered<JiraSite, JiraKind> kinds,
            Remembered<JiraSite, List<JiraProject>> projects,
            Remembered<ProjectType, CreateMeta> metas,
            Remembered<ProjectType, JiraStatus> initials) {

        static Memory empty() {
            Clock clock = Clock.systemUTC();
            return new Memory(
                    new Remembered<>(Duration.ofMinutes(5), clock),
                    new Remembered<>(Duration.ofHours(1), clock),
                    new Remembered<>(Duration.ofMinutes(1), clock),
                    new Remembered<>(Duration.ofMinutes(10), clock),
                    new Remembered<>(Duration.ofHours(1), clock));
        }
    }

    private final ProducerTemplate template;
    private final JiraRequests requests;
    private final JiraAccount account;
    private final Memory memory;
    private final Memory ofPeople;
    private final boolean attended;
    /** By {@link System#nanoTime}; null: each call has its own deadline only. */
    private final @Nullable Long deadline;

    @Autowired
    JiraClient(ProducerTemplate template, JiraRequests requests, JiraAccount account) {
        this(template, requests, account, Memory.empty(), Memory.empty(), false, null);
    }

    private JiraClient(
            ProducerTemplate template,
            JiraRequests requests,
            JiraAccount account,
            Memory memory,
            Memory ofPeople,
            boolean attended,
            @Nullable Long deadline) {
        this.template = template;
        this.requests = requests;
        this.account = account;
        this.memory = memory;
        this.ofPeople = ofPeople;
        this.attended = attended;
        this.deadline = deadline;
    }

    /** The same for a request of the API that a person waits for: each call ends within {@code attended-timeout}. */
    public JiraClient whileAPersonWaits() {
        return new JiraClient(template, requests, account, ofPeople, ofPeople, true, null);
    }

    /** The same for one request of the API: all its calls together end within the time, counted from now. */
    public JiraClient whileAPersonWaits(Duration inAll) {
        return new JiraClient(
                template, requests, account, ofPeople, ofPeople, true, System.nanoTime() + inAll.toNanos());
    }

    public JiraAnswer send(JiraRequest request) {
        return deadline == null
                ? outcome(request, template.request(JiraRoutes.SEND, carrying(request)))
                        .orThrow()
                : askAll(List.of(request)).get(0).orThrow();
    }

    /** Asks at the same time, as far as Jira's connections allow; what came of it is in the order of the requests. */
    public List<Asked> askAll(List<JiraRequest> questions) {
        List<CompletableFuture<Exchange>> sent = questions.stream()
                .map(question -> template.asyncSend(JiraRoutes.SEND, carrying(question)))
                .toList();
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            asked.add(await(questions.get(i), sent.get(i)));
        }
        return asked;
    }

    private Processor carrying(JiraRequest request) {
        return call -> call.getMessage().setBody(attended ? request.whileAPersonWaits() : request);
    }

    private Asked await(JiraRequest request, CompletableFuture<Exchange> sent) {
        try {
            return outcome(
                    request,
                    deadline == null ? sent.get() : sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Asked(request, null, tooSlow(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Asked(request, null, tooSlow(request));
        } catch (ExecutionException e) {
            throw unasked(request, e.getCause());
        }
    }

    private static Asked outcome(JiraRequest request, Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure instanceof JiraFailure told) {
            return new Asked(request, null, told);
        }
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        if (failure != null) {
            throw unasked(request, failure);
        }
        return new Asked(request, exchange.getMessage().getBody(JiraAnswer.class), null);
    }

    private static JiraFailure tooSlow(JiraRequest request) {
        return new JiraFailure(
                JiraFailure.Kind.TRANSIENT,
                "Jira is too slow: it has not told " + request.subject()
                        + " in the time that a person waits; try again",
                0,
                false,
                false,
                null,
                Map.of());
    }

    private static IllegalStateException unasked(JiraRequest request, @Nullable Throwable cause) {
        return new IllegalStateException("Jira could not be asked about " + request.subject(), cause);
    }

    /** Asks Jira now: the test of a connection, and of whether Jira as a whole lets us in. */
    public Myself askMyself() {
        return JiraReader.myself(send(requests.myself()).body());
    }

    public Myself myself() {
        return memory.selves().get(account.site(), this::askMyself);
    }

    public JiraKind kind() {
        return memory.kinds().get(account.site(), () -> {
            String deployment =
                    send(requests.serverInfo()).body().path("deploymentType").asText();
            return deployment.equalsIgnoreCase("Cloud") ? JiraKind.CLOUD : JiraKind.DATA_CENTER;
        });
    }

    /** All projects that our account sees, at most a minute old: Data Center, which has no pages of them. */
    public List<JiraProject> projects() {
        return memory.projects()
                .get(
                        account.site(),
                        () -> JiraReader.projects(send(requests.projects()).body()));
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
        return memory.metas().get(new ProjectType(account.site(), projectKey, issueTypeName), () -> {
            IssueType type = pick(issueTypes(projectKey), issueTypeName, projectKey);
            return createMetas(projectKey, List.of(type)).get(0);
        });
    }

    /** The issue types that our account may create in the project, as Jira says now. */
    public List<IssueType> issueTypes(String projectKey) {
        IntFunction<JiraRequest> pages = start -> requests.createMetaIssueTypes(projectKey, start);
        try {
            return pages(List.of(pages), JiraReader::issueTypes).get(0);
        } catch (JiraFailure failure) {
            return JiraReader.issueTypes(createMetaBefore84(projectKey, failure));
        }
    }

    /** What the create screens of these types ask for, as Jira says now. */
    public List<CreateMeta> createMetas(String projectKey, List<IssueType> types) {
        try {
            List<List<CreateMetaField>> fields = pages(
                    types.stream()
                            .<IntFunction<JiraRequest>>map(
                                    type -> start -> requests.createMetaFields(projectKey, type.id(), start))
                            .toList(),
                    JiraReader::fields);
            List<CreateMeta> metas = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                metas.add(new CreateMeta(types.get(i), fields.get(i)));
            }
            return metas;
        } catch (JiraFailure failure) {
            JsonNode old = createMetaBefore84(projectKey, failure);
            return types.stream().map(type -> fieldsBefore84(old, type)).toList();
        }
    }

    /** @throws JiraFailure the one before, where it does not mean that this Jira has the old create metadata only */
    private JsonNode createMetaBefore84(String projectKey, JiraFailure before) {
        if (before.status() != 404) {
            throw before;
        }
        return send(requests.createMetaBefore84(projectKey)).body();
    }

    private static CreateMeta fieldsBefore84(JsonNode answer, IssueType type) {
        for (JsonNode described : answer.path("projects").path(0).path("issuetypes")) {
            if (described.path("id").asText().equals(type.id())) {
                return new CreateMeta(type, JiraReader.fields(described));
            }
        }
        return new CreateMeta(type, List.of());
    }

    /** To be called when Jira refused a field, or a person configured one: its screen may have changed. */
    public void forgetCreateMeta(String projectKey, String issueTypeName) {
        memory.metas().forget(new ProjectType(account.site(), projectKey, issueTypeName));
    }

    /**
     * The status in which issues of a type are created, learnt from one that was.
     *
     * @param issueId a created issue; it may have moved on already
     */
    public JiraStatus initialStatus(String projectKey, String issueType, String issueId) {
        return memory.initials().get(new ProjectType(account.site(), projectKey, issueType), () -> issue(issueId, true)
                .initialStatus());
    }

    /**
     * Whole lists in two rounds of calls: all first pages at once, then all the others. What Jira tells twice, because
     * pages overlap, counts once.
     */
    private <T> List<List<T>> pages(List<IntFunction<JiraRequest>> lists, Function<JsonNode, List<T>> read) {
        List<Set<T>> all = new ArrayList<>();
        List<JiraRequest> others = new ArrayList<>();
        List<Set<T>> ofOthers = new ArrayList<>();
        List<JsonNode> firsts = bodies(lists.stream().map(list -> list.apply(0)).toList());
        for (int i = 0; i < lists.size(); i++) {
            Set<T> elements = new LinkedHashSet<>(read.apply(firsts.get(i)));
            all.add(elements);
            for (int start : JiraReader.startsAfter(firsts.get(i))) {
                others.add(lists.get(i).apply(start));
                ofOthers.add(elements);
            }
        }
        List<JsonNode> rest = bodies(others);
        for (int i = 0; i < rest.size(); i++) {
            ofOthers.get(i).addAll(read.apply(rest.get(i)));
        }
        return all.stream().map(List::copyOf).toList();
    }

    private List<JsonNode> bodies(List<JiraRequest> questions) {
        return questions.size() == 1
                ? List.of(send(questions.get(0)).body())
                : askAll(questions).stream()
                        .map(asked -> asked.orThrow().body())
                        .toList();
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
