package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every call that there is, as each of Faraday's four roles; a call that comes along later is among them by itself. */
class PermissionsStoryTest {

    /** Who may what in a Faraday as it is installed; each user is named as their role. */
    private static final Map<String, Set<String>> ROLES = Map.ofEntries(
            Map.entry("jira:create", Set.of("faraday", "pentester")),
            Map.entry("jira:read", Set.of("faraday", "pentester")),
            Map.entry("jira:update", Set.of("faraday", "pentester")),
            Map.entry("jira:delete", Set.of("faraday")),
            Map.entry("active_integrations:read", Set.of("faraday", "pentester")),
            Map.entry("integrations_auth:read", Set.of("faraday")),
            Map.entry("integrations_auth:create", Set.of("faraday")),
            Map.entry("vulnerabilities:read", Set.of("faraday", "assetowner", "pentester", "client")),
            Map.entry("vulnerabilities:update", Set.of("faraday", "assetowner", "pentester")),
            Map.entry("user_tokens:create", Set.of("faraday", "assetowner", "pentester", "client")),
            Map.entry("user_tokens:read", Set.of("faraday", "assetowner", "pentester", "client")),
            Map.entry("user_tokens:update", Set.of("faraday", "assetowner", "pentester", "client")),
            Map.entry("user_tokens:delete", Set.of("faraday", "assetowner", "pentester", "client")));

    private static final List<String> USERS = List.of("faraday", "assetowner", "pentester", "client");

    /** Signing in and out; the document, for any user; what Spring shows instead of a page. */
    private static final Set<String> WITHOUT_PERMISSION = Set.of(
            "POST /_api/v3/integrations/jira/session",
            "DELETE /_api/v3/integrations/jira/session",
            "GET /_api/v3/integrations/jira/openapi.json",
            "GET /_api/v3/integrations/jira/openapi.json.yaml",
            "ANY /error");

    private static final Pattern AUTHORITIES =
            Pattern.compile("hasAuthority\\('([^']+)'\\)( and hasAuthority\\('([^']+)'\\))*");
    private static final Pattern AUTHORITY = Pattern.compile("'([^']+)'");

    private static BridgeWorld world;
    private static Map<String, HandlerMethod> calls;

    @BeforeAll
    static void start() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
        calls = new TreeMap<>();
        world.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> names(mapping).forEach(call -> calls.put(call, handler)));
        // Pages show and do only what calls of the API let them: ConsoleEntranceTest.
        calls.values()
                .removeIf(handler -> handler.getBeanType().getPackageName().endsWith(".console"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<String> names(RequestMappingInfo mapping) {
        List<String> names = new ArrayList<>();
        Set<?> methods = mapping.getMethodsCondition().getMethods();
        for (String path : mapping.getPatternValues()) {
            if (methods.isEmpty()) {
                names.add("ANY " + path);
            }
            methods.forEach(method -> names.add(method + " " + path));
        }
        return names;
    }

    private static String permission(HandlerMethod handler) {
        PreAuthorize permission = handler.getMethodAnnotation(PreAuthorize.class);
        return permission == null ? "" : permission.value();
    }

    /** The roles that the expression permits. */
    private static Set<String> allowed(String expression) {
        if (expression.equals("isAuthenticated()")) {
            return Set.copyOf(USERS);
        }
        assertThat(expression).as("one permission or several with and").matches(AUTHORITIES);
        List<String> names = AUTHORITY
                .matcher(expression)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(ROLES.keySet()).as("permissions known here").containsAll(names);
        return USERS.stream()
                .filter(user -> names.stream().allMatch(name -> ROLES.get(name).contains(user)))
                .collect(Collectors.toSet());
    }

    private static int status(String call, String user) {
        String method = call.substring(0, call.indexOf(' '));
        String path = call.substring(call.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "999999");
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(path))
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        if (!user.isEmpty()) {
            BridgeWorld.basic(user, user).forEach(request::header);
        }
        return world.send(request.build()).statusCode();
    }

    @Test
    void every_call_says_who_may_make_it() {
        List<String> silent = calls.entrySet().stream()
                .filter(call -> permission(call.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();

        assertThat(silent).containsExactlyInAnyOrderElementsOf(WITHOUT_PERMISSION);
    }

    @Test
    void each_role_is_refused_what_faraday_does_not_allow_it_and_nothing_else() {
        SoftAssertions all = new SoftAssertions();
        calls.forEach((call, handler) -> {
            if (WITHOUT_PERMISSION.contains(call)) {
                return;
            }
            Set<String> allowed = allowed(permission(handler));
            all.assertThat(status(call, "")).as(call + " by nobody").isEqualTo(401);
            for (String user : USERS) {
                int status = status(call, user);
                if (allowed.contains(user)) {
                    all.assertThat(status).as(call + " by " + user).isNotIn(401, 403);
                } else {
                    all.assertThat(status).as(call + " by " + user).isEqualTo(403);
                }
            }
        });
        all.assertAll();
    }

    @Test
    void health_and_metrics_are_for_probes() {
        assertThat(world.readiness()).isEqualTo("UP");
    }
}
