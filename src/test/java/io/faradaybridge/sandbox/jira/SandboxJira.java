package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A Jira of its own for development and tests, in memory: projects {@code SEC} (free workflow), {@code WEB} (strict) and
 * {@code OPS} (required custom fields), each with Bug, Task and Story. Over HTTP it can be steered under {@code /sandbox}.
 */
public final class SandboxJira implements AutoCloseable {

    private final Site site;
    private final HttpFront front;
    private final ExecutorService threads;
    private final Faults faults;
    private final Oddities oddities = new Oddities();
    private final Permissions permissions = new Permissions();
    private final CallLog calls = new CallLog();
    private final OAuthTokens tokens;
    private final SignatureCheck signatures;
    private final Authentication authentication;
    private final OAuthServlets oauth;
    private final ServiceAccounts serviceAccounts;
    private final Gateway gateway = new Gateway();
    private final People people;
    private final Catalogue catalogue;
    private final IssueStore store;
    private final Automation automation;
    private final HumanActions persons;
    private RemoteLinkResource remoteLinks;
    private final FrontDoor door;
    private AttachmentResource attachments;

    private SandboxJira(Options options) {
        JiraClock clock = new JiraClock();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox-jira");
            thread.setDaemon(true);
            return thread;
        });
        front = new HttpFront(options.port, request -> door().answer(request), threads, clock);
        front.bind();
        site = new Site(
                options.deployment,
                options.eleven,
                "http://localhost:" + front.port() + options.contextPath,
                options.contextPath,
                clock);
        faults = new Faults(new Random(options.seed));
        faults.searchLag(options.shortestSearchLag, options.longestSearchLag);
        people = new People();
        catalogue = new Catalogue(site);
        tokens = new OAuthTokens(clock);
        signatures = new SignatureCheck(site, tokens);
        serviceAccounts = new ServiceAccounts(clock);
        authentication = new Authentication(site, people, tokens, signatures, serviceAccounts, gateway);
        oauth = new OAuthServlets(site, tokens, signatures);
        automation = new Automation(faults, oddities, catalogue, threads);
        SearchIndex index = new SearchIndex(faults::drawSearchLag);
        store = new IssueStore(clock, List.of(index, automation));
        persons = new HumanActions(site, catalogue, store);
        Mishaps mishaps = new Mishaps(site, signatures, threads);
        door = new FrontDoor(
                site,
                new RestApi(site, authentication, oddities, mishaps, routes(people, index)),
                oauth,
                serviceAccounts,
                new ControlPlane(this),
                new BrowsePage(store, catalogue, oddities),
                faults,
                mishaps,
                oddities,
                calls);
        options.setUp.forEach(step -> step.accept(this));
    }

    private FrontDoor door() {
        return door;
    }

    private Routes routes(People people, SearchIndex index) {
        Routes routes = new Routes();
        ProductFields products = new ProductFields(store);
        routes.on(
                        "GET",
                        "/jql/autocompletedata/suggestions",
                        call -> products.suggestions(call, catalogue.fields().values()))
                .on(
                        "GET",
                        "/servicedeskapi/servicedesk/{project}/requesttype",
                        call -> products.requestTypes(catalogue
                                .project(call.path("project"))
                                .orElseThrow(() -> Refusal.of(404, "The service desk does not exist."))));
        FieldValues values = new FieldValues(site, people, catalogue, store, products);
        IssueJson json = new IssueJson(site, catalogue, people, oddities);
        Transitions transitions = new Transitions(site, catalogue, permissions, oddities);
        IssueCreation creation = new IssueCreation(site, catalogue, values, store, permissions);
        IssueResource issues = new IssueResource(site, catalogue, store, json, permissions, transitions, oddities);
        new SiteResource(site, catalogue, people, oddities).addTo(routes);
        new ProjectResource(site, catalogue, permissions, oddities).addTo(routes);
        new CreateMeta(site, catalogue, permissions, oddities).addTo(routes);
        routes.on("POST", "/issue", creation::one).on("POST", "/issue/bulk", creation::bulk);
        issues.addTo(routes);
        new CommentResource(site, store, issues, permissions).addTo(routes);
        new EditResource(catalogue, values, store, issues, permissions).addTo(routes);
        attachments = new AttachmentResource(site, catalogue, people, store, issues, permissions);
        attachments.addTo(routes);
        new IssueLinkResource(store).addTo(routes);
        remoteLinks = new RemoteLinkResource(site, issues, permissions);
        remoteLinks.addTo(routes);
        new TransitionResource(site, catalogue, values, store, issues, transitions, oddities).addTo(routes);
        new SearchResource(site, catalogue, store, index, json, permissions, oddities).addTo(routes);
        return routes;
    }

    /** Whether requests of the bridge are held against Atlassian's document of this Jira. */
    public static boolean knowsTheDocument(Deployment deployment) {
        return AtlassianDocument.of(deployment).isPresent();
    }

    public static SandboxJira start(Options options) {
        SandboxJira jira = new SandboxJira(options);
        jira.front.start();
        return jira;
    }

    /** A fresh RSA key pair. */
    public static KeyPair freshKeyPair() {
        return Keys.fresh();
    }

    /** With the context path, without a trailing slash. */
    public String baseUrl() {
        return site.baseUrl();
    }

    /** Oldest first. */
    public List<SandboxIssue> issues() {
        return store.all();
    }

    /** @throws IllegalArgumentException when there is none of that key or id */
    public SandboxIssue issue(String keyOrId) {
        return persons.issue(keyOrId);
    }

    /** The links of an issue to pages elsewhere, as Jira shows them. */
    public List<JsonNode> remoteLinks(String key) {
        return remoteLinks.of(issue(key));
    }

    /** Creates an issue as {@code jdoe} would; the fields are taken as they are. */
    public SandboxIssue createPerson(String project, String type, String summary) {
        return persons.create(project, type, summary);
    }

    /** Jane Doe sets the status, whatever the workflow says. */
    public SandboxIssue movePerson(String key, String statusName) {
        return movePerson(key, statusName, "jdoe", false);
    }

    /** @throws IllegalArgumentException when the project has no such status, or the workflow is honoured and forbids it */
    public SandboxIssue movePerson(String key, String statusName, String person, boolean honourWorkflow) {
        return persons.setStatus(key, statusName, person, honourWorkflow);
    }

    /** Jane Doe writes another text into a field. */
    public void editPerson(String key, String field, String text) {
        persons.edit(key, field, Json.value(text));
    }

    /** A person comments on the issue; the comment's id. */
    public String commentPerson(String key, String person, String text) {
        return persons.comment(key, people.named(person), text, Json.object());
    }

    /** A comment that only members of a role see. */
    public String commentForRole(String key, String person, String text, String role) {
        return persons.comment(
                key,
                people.named(person),
                text,
                Json.object("visibility", Json.object("type", "role", "value", role, "identifier", role)));
    }

    /** An internal comment of Service Management, which customers do not see. */
    public String commentInternally(String key, String person, String text) {
        return persons.comment(
                key,
                people.named(person),
                text,
                Json.object(
                        "properties",
                        List.of(Json.object("key", CommentResource.INTERNAL, "value", Json.object("internal", true)))));
    }

    /** Jane Doe moves the issue to another project: a new key, the same id. */
    public SandboxIssue moveToProject(String key, String project) {
        return persons.moveTo(key, project);
    }

    /** Jira's administrator gives the project another key; its id stays, and the old key still leads there. */
    public void renameProject(String key, String newKey) {
        persons.renameProject(key, newKey, true);
    }

    /** The same in a Jira that has forgotten the old key. */
    public void renameProjectForGood(String key, String newKey) {
        persons.renameProject(key, newKey, false);
    }

    public void deletePerson(String key) {
        persons.delete(key);
    }

    /** A site of a large company. */
    public void addProjects(int count) {
        catalogue.addProjects(count);
    }

    /** A project of that key whose bugs have so many text fields more: {@code Detail 1} and so on. */
    public void addProjectWithFields(String key, int count) {
        catalogue.addProject(
                key,
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> Field.custom(30_000 + number, "Detail " + number, "string", "textarea"))
                        .toList());
    }

    /** A project of that key whose bugs have two fields of one name. */
    public void addProjectWithTwins(String key) {
        catalogue.addProject(
                key,
                List.of(
                        Field.custom(40_001, "Team", "string", "textarea"),
                        Field.custom(40_002, "Team", "string", "textarea")));
    }

    /**
     * A project whose bugs go step by step from To Do by In Progress and In Review to Done, which demands a resolution, and
     * never back from there.
     */
    public void addStrictProject(String key) {
        catalogue.addStrictProject(key);
    }

    /** A project that plans in sprints: its bugs have a sprint, a team, an epic, a parent, and assets of an app. */
    public void addAgileProject(String key) {
        catalogue.addProject(key, ProductFields.agile(site));
    }

    /** A project of Service Management, whose bugs have a request type. */
    public void addServiceProject(String key) {
        catalogue.addProject(key, List.of(ProductFields.requestType()));
    }

    /** A project of Cloud that its team has set up by itself: its types, fields and statuses are its own. */
    public void addTeamManagedProject(String key) {
        catalogue.addTeamManagedProject(key);
    }

    /** A project of that name, whose issue type, required field, values and statuses bear the other text. */
    public void addProjectNamed(String key, String name, String others) {
        catalogue.addProjectNamed(key, name, others);
    }

    /** A project with two issue types called Bug. */
    public void addProjectWithTwinTypes(String key) {
        catalogue.addProjectWithTwinTypes(key);
    }

    /** An administrator changes the create screens of a project. */
    public void takeOffScreen(String projectKey, String fieldName) {
        catalogue.takeOffScreen(projectKey, fieldName);
    }

    /** The calls of REST and OAuth that arrived, oldest first. */
    public List<ReceivedCall> requests() {
        return calls.all();
    }

    public long count(ReceivedCall.Kind kind) {
        return calls.all().stream().filter(call -> call.kind() == kind).count();
    }

    /** How many of its answers had to be waited for, one after the other, since {@link #clearRequests}. */
    public int rounds() {
        return calls.rounds();
    }

    public void clearRequests() {
        calls.clear();
        signatures.clear();
    }

    /** How many requests were refused for their OAuth parameters, by {@code oauth_problem}. */
    public Map<String, Integer> rejectedSignatures() {
        return signatures.rejected();
    }

    public Automation automation() {
        return automation;
    }

    /** Posts every change of status there from now on. */
    public Automation automation(String url, String token) {
        return automation.postTo(url, token);
    }

    public Faults faults() {
        return faults;
    }

    public Oddities oddities() {
        return oddities;
    }

    public Permissions permissions() {
        return permissions;
    }

    /** What a Jira administrator does for an incoming Application Link. */
    public void link(String consumerKey, PublicKey publicKey) {
        tokens.link(consumerKey, publicKey);
    }

    public void authorise(String consumerKey, String accessToken, String account) {
        tokens.authorise(consumerKey, accessToken, account);
    }

    public void personalAccessToken(String token, String account) {
        authentication.personalAccessToken(token, account);
    }

    public void apiToken(String email, String token, String account) {
        authentication.apiToken(email, token, account);
    }

    /** A token with scopes, which only the gateway takes. @param email empty for one that goes by Bearer */
    public void scopedToken(String email, String token, String account, String... scopes) {
        gateway.add(email, token, account, Set.of(scopes));
    }

    /** The address of Atlassian's gateway, without what is of this site. */
    public String gatewayUrl() {
        return "http://localhost:" + front.port();
    }

    public void serviceAccount(String clientId, String clientSecret, String account) {
        serviceAccounts.add(clientId, clientSecret, account);
    }

    /** The access tokens that service accounts got from now on live so long. */
    public void accessTokensLive(Duration life) {
        serviceAccounts.life(life);
    }

    /** As after a restart: no access token of a service account is known any more. */
    public void forgetAccessTokens() {
        serviceAccounts.forgetTokens();
    }

    /** Those that service accounts got. */
    public List<String> accessTokens() {
        return serviceAccounts.tokens();
    }

    /** The access token's life is over; its session handle still renews it. */
    public void expireToken(String accessToken) {
        tokens.expire(accessToken, false);
    }

    public void expireSession(String accessToken) {
        tokens.expire(accessToken, true);
    }

    public void revokeToken(String accessToken) {
        tokens.revoke(accessToken);
    }

    /** Consents to every authorisation without showing the page, as {@code faraday-bridge} or the query's {@code user}. */
    public void allowAtOnce(boolean atOnce) {
        oauth.allowAtOnce(atOnce);
    }

    public void clockAhead(Duration by) {
        site.clock().runAhead(by);
    }

    /** Whether files may be attached at all, and how large they may be. */
    public void attachments(boolean enabled, int largest) {
        attachments.set(enabled, largest);
    }

    /** A file of an issue. */
    public record Attachment(String filename, String contentType, ByteBuffer content) {}

    /** The files of an issue, the oldest first. */
    public List<Attachment> attachments(String key) {
        return AttachmentResource.of(issue(key)).stream()
                .map(json -> new Attachment(
                        json.path("filename").asText(),
                        json.path("mimeType").asText(),
                        ByteBuffer.wrap(attachments.content(json.path("id").asText()))))
                .toList();
    }

    /** Ends all trouble: faults, late searches, oddities, withdrawn permissions, a wrong clock, and the Automation rule. */
    public void calm() {
        faults.clear();
        faults.searchLag(Duration.ZERO, Duration.ZERO);
        oddities.clear();
        permissions.clear();
        attachments(true, Integer.MAX_VALUE);
        clockAhead(Duration.ZERO);
        automation.reset();
    }

    /** Jira is down: nobody listens on its port. */
    public void stop() {
        front.stop();
    }

    /** Back on the same port with everything as it was. */
    public void restart() {
        front.start();
    }

    @Override
    public void close() {
        front.stop();
        threads.shutdownNow();
    }

    /** How to set it up. */
    public static final class Options {

        private Deployment deployment = Deployment.DATA_CENTER;
        private boolean eleven;
        private String contextPath = "";
        private int port;
        private long seed = 1;
        private Duration shortestSearchLag = Duration.ZERO;
        private Duration longestSearchLag = Duration.ZERO;
        private final List<Consumer<SandboxJira>> setUp = new ArrayList<>();

        private Options() {}

        public static Options dataCenter() {
            return new Options();
        }

        /** The same, of version 11: with service accounts. */
        public static Options dataCenter11() {
            Options options = new Options();
            options.eleven = true;
            return options;
        }

        public static Options cloud() {
            Options options = new Options();
            options.deployment = Deployment.CLOUD;
            return options;
        }

        /** Such as {@code /jira}. */
        public Options contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** A fixed port instead of a free one. */
        public Options port(int number) {
            port = number;
            return this;
        }

        /** Of the dice that draw faults, delays and lags. */
        public Options seed(long value) {
            seed = value;
            return this;
        }

        public Options searchLag(Duration shortest, Duration longest) {
            shortestSearchLag = shortest;
            longestSearchLag = longest;
            return this;
        }

        /** As people know it: a late search, and Automation posts that are late, doubled, lost and out of order. */
        public Options unkind() {
            setUp.add(jira -> jira.automation()
                    .delay(Duration.ZERO, Duration.ofSeconds(5))
                    .reorders(true)
                    .duplicates(0.05)
                    .loses(0.02));
            return searchLag(Duration.ofSeconds(1), Duration.ofSeconds(60));
        }

        /** An Application Link whose consent was given already. */
        public Options authorised(String consumerKey, PublicKey publicKey, String accessToken, String account) {
            setUp.add(jira -> {
                jira.link(consumerKey, publicKey);
                jira.authorise(consumerKey, accessToken, account);
            });
            return this;
        }

        /** An Application Link still without consent. */
        public Options linked(String consumerKey, PublicKey publicKey) {
            setUp.add(jira -> jira.link(consumerKey, publicKey));
            return this;
        }

        public Options personalAccessToken(String token, String account) {
            setUp.add(jira -> jira.personalAccessToken(token, account));
            return this;
        }

        public Options apiToken(String email, String token, String account) {
            setUp.add(jira -> jira.apiToken(email, token, account));
            return this;
        }

        public Options scopedToken(String email, String token, String account, String... scopes) {
            setUp.add(jira -> jira.scopedToken(email, token, account, scopes));
            return this;
        }

        public Options serviceAccount(String clientId, String clientSecret, String account) {
            setUp.add(jira -> jira.serviceAccount(clientId, clientSecret, account));
            return this;
        }
    }
}
