package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.faradaybridge.sandbox.ApiContract;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Markdown;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Programs, and the tests, read what the API is. */
class OpenApiStoryTest {

    private BridgeWorld world;
    private JsonNode document;
    private ApiContract contract;

    @BeforeEach
    void read() {
        world = BridgeWorld.shared();
        HttpResponse<String> answer = world.get(ApiContract.DOCUMENT, BridgeWorld.basic("client", "client"));
        assertThat(answer.statusCode()).isEqualTo(200);
        document = BridgeWorld.json(answer.body());
        contract = ApiContract.of(answer.body());
    }

    @Test
    void whoever_signed_in_may_read_it_and_nobody_else() {
        assertThat(world.get(ApiContract.DOCUMENT, Map.of()).statusCode()).isEqualTo(401);
        assertThat(document.at("/info/title").asText()).isEqualTo("Faraday-Jira bridge");
        assertThat(document.path("openapi").asText()).startsWith("3.0");
    }

    @Test
    void it_says_how_to_sign_in() {
        JsonNode schemes = document.at("/components/securitySchemes");

        assertThat(schemes.at("/basic/scheme").asText()).isEqualTo("basic");
        assertThat(schemes.at("/session/name").asText()).isEqualTo("faraday_bridge_session");
        assertThat(schemes.at("/csrf/name").asText()).isEqualTo("X-CSRF-Token");
        assertThat(document.at("/security/1").fieldNames()).toIterable().containsExactlyInAnyOrder("session", "csrf");
        assertThat(operation("session", "post").path("security")).isEmpty();
        assertThat(operation("update-issues", "post").at("/security/0").has("jiraToken"))
                .isTrue();
    }

    @Test
    void it_has_every_call_that_there_is() {
        List<String> called = world
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith(ApiContract.API) && !path.startsWith(ApiContract.DOCUMENT))
                .distinct()
                .toList();

        assertThat(document.path("paths").fieldNames())
                .toIterable()
                .containsAll(called)
                .contains(ApiContract.API + "/update-issues");
    }

    /** Each row of its tables begins with {@code METHOD path}, and its second cell holds the permissions. */
    @Test
    void the_page_for_people_has_the_same_calls_with_the_same_permissions() {
        Map<String, Set<String>> shown = new TreeMap<>();
        Pattern call = Pattern.compile("`([A-Z]+) (\\S+)`");
        for (List<String> cells : Markdown.of("docs/api.md").rows()) {
            Matcher named = call.matcher(cells.get(0));
            if (named.matches()) {
                String path = named.group(2).equals(".") ? "" : "/" + named.group(2);
                assertThat(shown.put(named.group(1) + " " + ApiContract.API + path, permissions(cells.get(1))))
                        .as(cells.get(0) + " stands there twice")
                        .isNull();
            }
        }
        Map<String, Set<String>> served = new TreeMap<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> served.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        permissions(operation.getValue().path("description").asText()))));

        assertThat(shown).containsExactlyInAnyOrderEntriesOf(served);
    }

    private static Set<String> permissions(String text) {
        return Pattern.compile("`([a-z_]+:[a-z]+)`")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void no_two_calls_have_one_name_and_no_answer_is_left_empty() {
        List<String> names = document.findValuesAsText("operationId");

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> !name.contains("_"));
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(call -> call.getValue().path("responses").properties().forEach(answer -> assertThat(
                                answer.getKey().equals("204")
                                        || answer.getKey().startsWith("3")
                                        || !answer.getValue().findPath("schema").isMissingNode())
                        .as(path.getKey() + " " + call.getKey() + " " + answer.getKey())
                        .isTrue())));
    }

    @Test
    void it_says_what_each_call_takes() {
        List<String> silent = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    JsonNode schema = call.getValue()
                            .at("/requestBody/content")
                            .path("application/json")
                            .path("schema");
                    String name = schema.path("$ref").asText().replace("#/components/schemas/", "");
                    JsonNode body = name.isEmpty()
                            ? schema
                            : document.at("/components/schemas").path(name);
                    if (call.getValue().has("requestBody")
                            && body.path("properties").isEmpty()) {
                        silent.add(call.getKey() + " " + path.getKey());
                    }
                }));

        assertThat(silent).isEmpty();
        JsonNode token = document.at("/components/schemas/TokenRequest");
        assertThat(token.path("properties").fieldNames()).toIterable().contains("alias", "expires_at", "hide");
        assertThat(token.path("required")).hasSize(1);
        JsonNode mapping = document.at("/components/schemas/MappingRequest");
        assertThat(mapping.path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "incoming",
                        "outgoing",
                        "policy",
                        "on_export",
                        "via",
                        "transition_fields",
                        "transition_comment",
                        "reopen",
                        "version");
        assertThat(mapping.has("required")).isFalse();
    }

    /** So nothing can be shown that is not read, and nothing be read that is not shown. */
    @Test
    void each_body_is_shown_as_the_record_that_its_call_takes() {
        Map<String, Class<?>> taken = new TreeMap<>();
        Map<String, String> shown = new TreeMap<>();
        world.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> Arrays.stream(handler.getMethodParameters())
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                        .forEach(body -> mapping.getPatternValues().forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> taken.put(method + " " + path, body.getParameterType())))));
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(call ->
                        call.getValue().has("requestBody") && !path.getKey().endsWith("/update-issues"))
                .forEach(call -> shown.put(
                        call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        call.getValue()
                                .at("/requestBody/content")
                                .path("application/json")
                                .at("/schema/$ref")
                                .asText()
                                .replace("#/components/schemas/", ""))));

        assertThat(shown).hasSizeGreaterThan(15).containsOnlyKeys(taken.keySet());
        ObjectMapper json = world.bean(ObjectMapper.class);
        taken.forEach((call, type) -> {
            JsonNode schema = document.at("/components/schemas").path(shown.get(call));
            assertThat(type.isRecord()).as(call + " takes " + type).isTrue();
            assertThat(schema.path("properties").fieldNames())
                    .toIterable()
                    .as(call)
                    .containsExactlyInAnyOrderElementsOf(
                            json
                                    .getDeserializationConfig()
                                    .introspect(json.constructType(type))
                                    .findProperties()
                                    .stream()
                                    .map(BeanPropertyDefinition::getName)
                                    .toList());
            assertThat(schema.path("additionalProperties").asBoolean(true))
                    .as(call)
                    .isFalse();
        });
    }

    @Test
    void every_call_has_a_summary() {
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(call -> assertThat(call.getValue().path("summary").asText())
                        .as(call.getKey() + " " + path.getKey())
                        .matches("[A-Z].*[^.]")));
    }

    @Test
    void it_says_which_permissions_a_call_needs() {
        assertThat(operation("export", "post").path("description").asText())
                .isEqualTo("Needs `jira:create` and `vulnerabilities:update`.");
        assertThat(operation("session", "get").path("description").asText()).isEqualTo("Any user.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"message\": 7}",
                "{\"message\": null}",
                "{\"message\": \"gone\", \"trace\": \"at io.faradaybridge\"}",
                "[]"
            })
    void an_answer_that_is_not_as_it_says_fails_the_story_that_got_it(String body) {
        assertThatThrownBy(() -> contract.hold(get("activity"), answer(404, body)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /_api/v3/integrations/jira/activity");
    }

    @Test
    void answers_as_it_says_pass_and_unknown_statuses_do_not() {
        contract.hold(get("activity"), answer(404, "{\"message\": \"gone\"}"));
        contract.hold(get("activity"), answer(200, "[]"));
        contract.hold(get("no-such-call"), answer(404, "{\"message\": \"gone\"}"));

        assertThatThrownBy(() -> contract.hold(
                        get("activity"), answer(500, "{\"success\": false, \"message\": \"Internal Server Error\"}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.hold(get("no-such-call"), answer(200, "{}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.hold(get("activity"), answer(200, "[{\"id\": 1}]")))
                .as("required fields are missing")
                .isInstanceOf(AssertionError.class);
    }

    private JsonNode operation(String call, String method) {
        return document.path("paths").path(ApiContract.API + "/" + call).path(method);
    }

    private HttpRequest get(String call) {
        return HttpRequest.newBuilder(world.url(ApiContract.API + "/" + call)).build();
    }

    private static HttpResponse<String> answer(int status, String body) {
        @SuppressWarnings("unchecked")
        HttpResponse<String> answer = Mockito.mock(HttpResponse.class);
        Mockito.when(answer.statusCode()).thenReturn(status);
        Mockito.when(answer.body()).thenReturn(body);
        Mockito.when(answer.headers())
                .thenReturn(java.net.http.HttpHeaders.of(
                        Map.of("Content-Type", List.of("application/json")), (name, value) -> true));
        return answer;
    }
}
